package dev.roost.x;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A TLS context, sessions included, that remembers the engines it hands out, and so can prove after a failure that
 * no handshake was ever finished: then there were no keys, and nothing of the request left. The HTTP client alone does not
 * tell, as it asks for the body of a request even when the far side hung up in the middle of the handshake. Extends what
 * the JDK leaves no other way to provide. Safe for several threads.
 */
final class TlsWatch extends SSLContextSpi {
    /** What a session that was never agreed on is named (RFC 8446 has no such suite; JSSE's name for "none yet"). */
    private static final String NO_KEYS = "SSL_NULL_WITH_NULL_NULL";

    private final SSLContext jdk;
    private final List<SSLEngine> engines = new CopyOnWriteArrayList<>();

    /** Watches over this context. */
    TlsWatch(SSLContext jdk) {
        this.jdk = jdk;
    }

    /**
     * Returns the JDK's default.
     *
     * @throws IllegalStateException if this Java has no TLS
     */
    static SSLContext jdk() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no default TLS; check its javax.net.ssl settings", e);
        }
    }

    /** Returns the context to give to one HTTP client. */
    SSLContext context() {
        return new Context(this, jdk);
    }

    /** Forgets the engines handed out so far: what comes is about another request. */
    void forget() {
        engines.clear();
    }

    /** Tells, when an exchange is over, whether TLS was begun and never stood. */
    boolean neverStood() {
        return !engines.isEmpty()
                && engines.stream()
                        .allMatch(engine -> engine.getSession().getCipherSuite().equals(NO_KEYS));
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return kept(jdk.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return kept(jdk.createSSLEngine(host, port));
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("the default TLS context cannot be initialised again");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return jdk.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return jdk.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return jdk.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return jdk.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return jdk.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return jdk.getSupportedSSLParameters();
    }

    private SSLEngine kept(SSLEngine engine) {
        engines.add(engine);
        return engine;
    }

    /** Opens the constructor of the JDK's class. */
    private static final class Context extends SSLContext {
        Context(TlsWatch watch, SSLContext jdk) {
            super(watch, jdk.getProvider(), jdk.getProtocol());
        }
    }
}
