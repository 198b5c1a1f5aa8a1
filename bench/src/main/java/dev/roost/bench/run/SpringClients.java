package dev.roost.bench.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.roost.core.TokenPair;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Spring Security's keeper of tokens, with its JDBC service on SQLite: a file in this process, which is the fastest database
 * that it could have. Safe for many threads.
 */
final class SpringClients {
    private static final String REGISTRATION = "x";
    /** Spring's own table, without its defaults for times. */
    private static final String TABLE = """
            CREATE TABLE oauth2_authorized_client (
                client_registration_id varchar(100) NOT NULL, principal_name varchar(200) NOT NULL,
                access_token_type varchar(100) NOT NULL, access_token_value blob NOT NULL,
                access_token_issued_at timestamp NOT NULL, access_token_expires_at timestamp NOT NULL,
                access_token_scopes varchar(1000) DEFAULT NULL, refresh_token_value blob DEFAULT NULL,
                refresh_token_issued_at timestamp DEFAULT NULL, created_at timestamp DEFAULT 0 NOT NULL,
                PRIMARY KEY (client_registration_id, principal_name))
            """;

    private final HikariDataSource pool;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;
    private final List<OAuth2AuthorizeRequest> requests;

    private SpringClients(
            HikariDataSource pool,
            AuthorizedClientServiceOAuth2AuthorizedClientManager manager,
            List<OAuth2AuthorizeRequest> requests) {
        this.pool = pool;
        this.manager = manager;
        this.requests = requests;
    }

    static SpringClients open(Path file, int many) {
        HikariDataSource pool = pool(file);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute(TABLE);
        ClientRegistration registration = ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(ScriptedX.CLIENT_ID)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1/callback")
                .authorizationUri("http://127.0.0.1/authorize")
                .tokenUri("http://127.0.0.1/token")
                .build();
        var registrations = new InMemoryClientRegistrationRepository(registration);
        var service = new JdbcOAuth2AuthorizedClientService(jdbc, registrations);
        var manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, service);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken()
                .build());
        List<Authentication> people = IntStream.range(0, many)
                .<Authentication>mapToObj(n -> new TestingAuthenticationToken("person" + n, "none"))
                .toList();
        people.forEach(person -> service.saveAuthorizedClient(client(registration, person), person));
        return new SpringClients(
                pool,
                manager,
                people.stream()
                        .map(person -> OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                                .principal(person)
                                .build())
                        .toList());
    }

    /** Returns the token of a person. */
    OAuth2AccessToken token(int number) {
        OAuth2AuthorizedClient client = manager.authorize(requests.get(number));
        if (client == null) {
            throw new IllegalStateException("Spring found no token of person " + number);
        }
        return client.getAccessToken();
    }

    void close() {
        pool.close();
    }

    private static HikariDataSource pool(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(4);
        return new HikariDataSource(pool);
    }

    private static OAuth2AuthorizedClient client(ClientRegistration registration, Authentication person) {
        TokenPair pair = ScriptedX.pair();
        Instant now = Instant.now();
        return new OAuth2AuthorizedClient(
                registration,
                person.getName(),
                new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER, pair.access().expose(), now, now.plus(ScriptedX.LIFETIME)),
                new OAuth2RefreshToken(pair.refresh().expose(), now));
    }
}
