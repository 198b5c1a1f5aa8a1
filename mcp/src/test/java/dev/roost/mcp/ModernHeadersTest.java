package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** 2026-07-28, Streamable HTTP, "Request Metadata": all rows of its tables. */
@Timeout(60)
final class ModernHeadersTest {
    private final HttpPeer peer = new HttpPeer(new Things().server());

    @ParameterizedTest
    @ValueSource(strings = {"MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"})
    void wantsTheStandardHeaders(String header) {
        refused(echo().without(header), header, "is missing");
        refused(echo().with(header, Wire.CANARY), header, "differs from the body");
        refused(echo().with(header, ""), header, "differs from the body");
        accepted(echo());
    }

    @Test
    void comparesValuesByCaseAndNamesWithout() {
        refused(echo().with("mcp-method", "Tools/Call"), "Mcp-Method", "differs");
        refused(echo().with("MCP-NAME", "Echo"), "Mcp-Name", "differs");
        refused(echo().with("mcp-protocol-version", "2025-11-25"), "MCP-Protocol-Version", "differs");
    }

    @Test
    void wantsTheNameOfPromptsAndResourcesTooButOfNothingElse() {
        HttpPeer.Form prompt = HttpPeer.modern("prompts/get", Wire.object("{'name':'greet','arguments':{'name':'x'}}"));
        accepted(prompt);
        refused(prompt.with("Mcp-Name", "other"), "Mcp-Name", "differs");
        refused(prompt.without("Mcp-Name"), "Mcp-Name", "is missing");
        HttpPeer.Form resource = HttpPeer.modern("resources/read", Wire.object("{'uri':'test://r1'}"));
        accepted(resource);
        refused(resource.with("Mcp-Name", "test://r2"), "Mcp-Name", "differs");
        refused(resource.without("Mcp-Name"), "Mcp-Name", "is missing");
        accepted(HttpPeer.modern("tools/list", Wire.object("{}")));
    }

    @Test
    void comparesAnEncodedNameDecoded() {
        HttpPeer.Form resource = HttpPeer.modern("resources/read", Wire.object("{'uri':'test://things/€/data'}"));
        accepted(resource.with("Mcp-Name", "=?base64?dGVzdDovL3RoaW5ncy/igqwvZGF0YQ==?="));
        refused(resource.with("Mcp-Name", "=?base64?dGVzdDovL3RoaW5ncy94L2RhdGE=?="), "Mcp-Name", "differs");
        refused(resource.with("Mcp-Name", "test://things/€/data"), "Mcp-Name", "characters that no header may have");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\"us-west1\"|us-west1",
                "\"us-west1\"|=?base64?dXMtd2VzdDE=?=",
                "\"us-west1\"|  us-west1\t",
                "\"Hello, 世界\"|=?base64?SGVsbG8sIOS4lueVjA==?=",
                "\" padded \"|=?base64?IHBhZGRlZCA=?=",
                "\"line1\\nline2\"|=?base64?bGluZTEKbGluZTI=?=",
                "\"=?base64?literal?=\"|=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
                "\"\"|",
                "\"\"|=?base64??=",
                "\"=?BASE64?eA==?=\"|=?BASE64?eA==?=",
                "\"=?base64?=\"|=?base64?="
            })
    void takesAMirroredParameterInEveryEncodingOfTheSpecification(String value, String header) {
        accepted(region("{\"region\":" + value + "}").with("Mcp-Param-Region", header == null ? "" : header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"us-west1\"|us-west2|differs from the body",
                "\"us-west1\"|US-WEST1|differs from the body",
                "\"us-west1\"|=?base64?dXMtd2VzdDE?=|Base64 without its padding",
                "\"us-west1\"|=?base64?dXMtd2VzdD!=?=|no Base64 of UTF-8",
                "\"us-west1\"|=?base64?/w==?=|no Base64 of UTF-8",
                "\"us-west1\"|=?base64?dXMtd2VzdDI=?=|differs from the body",
                "\"us-west1\"|us-wést1|characters that no header may have",
                "\"us-west1\"|us\u007fwest1|characters that no header may have",
                "\"canary-7f3a9c\"|canary-7f3a9d|differs from the body",
                "5|=?base64?canary-7f3a9c?=|Base64 without its padding"
            })
    void refusesAMirroredParameterThatDiffers(String value, String header, String reason) {
        refused(region("{\"region\":" + value + "}").with("Mcp-Param-Region", header), "Mcp-Param-Region", reason);
    }

    @Test
    void wantsTheHeaderOfEveryParameterThatIsThereAndNoOther() {
        refused(region("{'region':'a'}"), "Mcp-Param-Region", "is missing");
        accepted(region("{'region':null}"), true);
        accepted(region("{}"));
        refused(region("{}").with("Mcp-Param-Region", "a"), "Mcp-Param-Region", "the body has no such value");
        refused(region("{'region':null}").with("Mcp-Param-Region", "null"), "Mcp-Param-Region", "no such value");
        accepted(region("{'other':1}").with("Mcp-Param-Other", "whatever"));
        refused(region("{'deep':{'er':'x'}}"), "Mcp-Param-Deeper", "is missing");
        accepted(region("{'deep':{'er':'x'}}").with("Mcp-Param-Deeper", "x"));
        accepted(region("{'deep':{}}"));
    }

    @ParameterizedTest
    @CsvSource({"42,42", "42,42.0", "42,4.2e1", "-7,-7", "0,-0"})
    void comparesNumbersAsNumbers(String value, String header) {
        accepted(region("{'count':" + value + "}").with("Mcp-Param-Count", header));
    }

    @ParameterizedTest
    @CsvSource({"42,43", "42,x", "42,''", "42,0x2A", "42,1e999999999", "1e400,1e400", "-1e999999,5"})
    void refusesNumbersThatDiffer(String value, String header) {
        refused(region("{'count':" + value + "}").with("Mcp-Param-Count", header), "Mcp-Param-Count", "differs");
    }

    @Test
    void comparesTrueAndFalseAsWords() {
        accepted(region("{'dry':true}").with("Mcp-Param-Dry", "true"));
        refused(region("{'dry':true}").with("Mcp-Param-Dry", "false"), "Mcp-Param-Dry", "differs");
        refused(region("{'dry':true}").with("Mcp-Param-Dry", "True"), "Mcp-Param-Dry", "differs");
    }

    @Test
    void refusesAValueThatCannotBeMirrored() {
        refused(region("{'region':{'a':1}}").with("Mcp-Param-Region", "{\"a\":1}"), "Mcp-Param-Region", "differs");
        refused(region("{'region':['a']}"), "Mcp-Param-Region", "is missing");
    }

    @Test
    void leavesATooLongListOfArgumentsToTheTool() {
        HttpPeer.Form form = HttpPeer.modern("tools/call", Wire.object("{'name':'region','arguments':[1]}"));

        assertThat(peer.body(form).at("/error/message").asString())
                .isEqualTo("the parameter arguments must be an object");
    }

    @Test
    void tellsWhatIsMissingInTheBodyOfAModernRequest() {
        ObjectNode body = Wire.request(1, "tools/list", Wire.object("{}"));
        HttpPeer.Form form =
                HttpPeer.post(body).with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "tools/list");

        HttpRefusalsTest.refused(peer.whole(form), 400, -32602, "params._meta must have");
    }

    private static HttpPeer.Form echo() {
        return HttpPeer.modern("tools/call", Wire.call("echo", "{'text':'a'}"));
    }

    private static HttpPeer.Form region(String arguments) {
        return HttpPeer.modern("tools/call", Wire.call("region", arguments));
    }

    private void accepted(HttpPeer.Form form) {
        accepted(form, false);
    }

    /** The header may be as it must be, while the tool takes no null. */
    private void accepted(HttpPeer.Form form, boolean toolMayRefuse) {
        assertThat(peer.whole(form).status())
                .as(String.valueOf(peer.body(form)))
                .isEqualTo(200);
        assertThat(peer.body(form).at("/result/isError").asBoolean(false)).isEqualTo(toolMayRefuse);
    }

    private void refused(HttpPeer.Form form, String header, String reason) {
        HttpRefusalsTest.refused(peer.whole(form), 400, -32020, "the header " + header + " ");
        HttpRefusalsTest.refused(peer.whole(form), 400, -32020, reason);
    }
}
