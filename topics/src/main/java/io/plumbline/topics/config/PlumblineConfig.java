package io.plumbline.topics.config;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration file. Every key is written in kebab-case; {@code ConfigFile} reads, completes and validates it.
 *
 * @param postgres the source of datasets; {@code null} where there are none
 * @param mongo their target; likewise
 * @param redis the candle cache; {@code null} where there is none
 * @param exchanges by the name that series have them under
 * @param datasets by name
 * @param jobs by name; each dataset brings the jobs {@code NAME}, {@code NAME-full}, {@code NAME-outbox-retry},
 *     {@code NAME-clean-up} and {@code NAME-hourly} (a sequence of three), each exchange {@code NAME-candles} and
 *     {@code NAME-candles-hourly}, unless the file declares them otherwise
 * @param schedules by name; each dataset brings {@code NAME-hourly} and {@code NAME-full}, each exchange those of its jobs
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE)
public record PlumblineConfig(
        KafkaConfig kafka,
        @Nullable PostgresConfig postgres,
        @Nullable MongoConfig mongo,
        @Nullable RedisConfig redis,
        Map<String, ExchangeConfig> exchanges,
        AppsConfig apps,
        Map<String, DatasetConfig> datasets,
        Map<String, JobConfig> jobs,
        Map<String, ScheduleConfig> schedules,
        CandlesConfig candles,
        NotificationsConfig notifications) {

    /** Throws {@link IllegalStateException} where it is not configured: only what deals with datasets may ask. */
    @Override
    public PostgresConfig postgres() {
        if (postgres == null) {
            throw new IllegalStateException("postgres is not configured, which only datasets need");
        }
        return postgres;
    }

    /** Throws {@link IllegalStateException} where it is not configured: only what deals with datasets may ask. */
    @Override
    public MongoConfig mongo() {
        if (mongo == null) {
            throw new IllegalStateException("mongo is not configured, which only datasets need");
        }
        return mongo;
    }

    public boolean hasPostgres() {
        return postgres != null;
    }

    public boolean hasMongo() {
        return mongo != null;
    }

    /** The dataset of that name; throws {@link IllegalArgumentException} where there is none. */
    public DatasetConfig dataset(String name) {
        DatasetConfig dataset = datasets.get(name);
        if (dataset == null) {
            throw new IllegalArgumentException(
                    "no dataset '" + name + "' is configured; there are " + datasets.keySet());
        }
        return dataset;
    }

    /** The exclusive group that a dataset's runs share: its declared one, or its own name. */
    public String groupOf(String dataset) {
        String group = dataset(dataset).group();
        return group == null ? dataset : group;
    }
}
