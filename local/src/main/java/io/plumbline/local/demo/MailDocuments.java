package io.plumbline.local.demo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The application's copies: a document for each client, with an element for each creditor that has answered. */
final class MailDocuments {

    static final String ARRAY = "final_creditor_list";
    static final String CREDITOR = "creditor";
    static final String AMOUNT = "creditor_response_amount";
    static final String REFERENCE = "reference";
    static final String NOTE = "note";
    static final String NAME = "client_name";

    private final MongoCollection<Document> clients;

    MailDocuments(MongoCollection<Document> clients) {
        this.clients = clients;
    }

    MongoCollection<Document> collection() {
        return clients;
    }

    /** A client's whole document. */
    static Document document(String fileNumber, @Nullable String name, Collection<Claim> claims) {
        return new Document("_id", Claim.documentId(fileNumber))
                .append(NAME, name)
                .append(ARRAY, claims.stream().map(MailDocuments::element).toList());
    }

    /** Writes a claim as it is now: into the element that is there, or as a new one. */
    void copy(Claim claim) {
        Bson there = and(eq("_id", claim.documentId()), eq(ARRAY + "." + CREDITOR, claim.creditor()));
        Bson amount = Updates.set(ARRAY + ".$." + AMOUNT, claim.amount().doubleValue());
        Bson reference = claim.reference() == null
                ? Updates.unset(ARRAY + ".$." + REFERENCE)
                : Updates.set(ARRAY + ".$." + REFERENCE, claim.reference());
        if (clients.updateOne(there, Updates.combine(amount, reference)).getMatchedCount() == 0) {
            Bson notThere = and(eq("_id", claim.documentId()), ne(ARRAY + "." + CREDITOR, claim.creditor()));
            clients.updateOne(notThere, Updates.push(ARRAY, element(claim)));
        }
    }

    /** Writes a new client's document. */
    void insert(String fileNumber, String name, Claim claim) {
        clients.insertOne(document(fileNumber, name, List.of(claim)));
    }

    static Document element(Claim claim) {
        Document element = new Document(CREDITOR, claim.creditor())
                .append(AMOUNT, claim.amount().doubleValue());
        if (claim.reference() != null) {
            element.append(REFERENCE, claim.reference());
        }
        if (claim.note() != null) {
            element.append(NOTE, claim.note());
        }
        return element;
    }
}
