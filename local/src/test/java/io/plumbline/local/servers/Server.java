package io.plumbline.local.servers;

/** What can be taken away from a system under test. */
public enum Server {
    KAFKA,
    POSTGRES,
    MONGO,
    REDIS
}
