package io.plumbline.reconciler.cases;

/**
 * What a case has been through.
 *
 * @param commands how many command ids it has made
 * @param contested how many repairs went back to be checked
 * @param failures attempts that failed for the entity's own reason, in a row
 * @param unavailable answers in a row that a store was away
 * @param unavailableSince when the first of them came, in milliseconds
 */
record Progress(int commands, int contested, int failures, int unavailable, long unavailableSince) {

    static final Progress NONE = new Progress(0, 0, 0, 0, 0);

    Progress commanded() {
        return new Progress(commands + 1, contested, failures, unavailable, unavailableSince);
    }

    Progress wasContested() {
        return new Progress(commands, contested + 1, 0, 0, 0);
    }

    Progress failed() {
        return new Progress(commands, contested, failures + 1, 0, 0);
    }

    Progress storeAway(long now) {
        return new Progress(commands, contested, failures, unavailable + 1, unavailable == 0 ? now : unavailableSince);
    }

    boolean isUntroubled() {
        return failures == 0 && unavailable == 0;
    }

    Progress untroubled() {
        return isUntroubled() ? this : new Progress(commands, contested, 0, 0, 0);
    }
}
