package io.plumbline.topics.config;

/**
 * @param url a JDBC URL
 * @param schema where Plumbline keeps its record of repairs and reports; created where it does not exist
 * @param poolSize connections per process
 */
public record PostgresConfig(String url, String user, String password, String schema, int poolSize) {

    @Override
    public String toString() {
        return "PostgresConfig[url=***, user=" + user + ", password=***, schema=" + schema + "]";
    }
}
