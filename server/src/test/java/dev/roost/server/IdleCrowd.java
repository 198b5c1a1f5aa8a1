package dev.roost.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A process with many connections that say nothing, until its standard input ends. */
final class IdleCrowd {
    private IdleCrowd() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[1]);
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        List<SocketChannel> idle = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            idle.add(SocketChannel.open(server));
        }
        System.out.println("connected " + idle.size());
        while (System.in.read() >= 0) {
            // Nothing else to do.
        }
    }
}
