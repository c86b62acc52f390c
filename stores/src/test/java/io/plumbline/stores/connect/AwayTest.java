package io.plumbline.stores.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.ServerAddress;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class AwayTest {

    private static final ServerAddress ADDRESS = new ServerAddress("localhost");

    @Test
    void shouldBeAwayWhenARestartedServerDoesNotKnowACursorAnyMore() {
        assertThat(Away.mongo(new MongoCursorNotFoundException(5, answer(43), ADDRESS)))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void shouldBeAwayWhenAReadWasKilled() {
        for (int code : new int[] {175, 237, 11601}) {
            assertThat(Away.mongo(new MongoCommandException(answer(code), ADDRESS)))
                    .as("code %d", code)
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void shouldRefuseWhenACommandIsWrong() {
        assertThat(Away.mongo(new MongoCommandException(answer(9), ADDRESS))).isInstanceOf(StoreRefusedException.class);
    }

    private static BsonDocument answer(int code) {
        return new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString("no"));
    }
}
