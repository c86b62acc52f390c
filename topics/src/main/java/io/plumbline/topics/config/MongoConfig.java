package io.plumbline.topics.config;

/** @param url a MongoDB connection string; it may hold a password */
public record MongoConfig(String url, String database) {

    @Override
    public String toString() {
        return "MongoConfig[url=***, database=" + database + "]";
    }
}
