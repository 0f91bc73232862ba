BEGIN TRANSACTION;
CREATE TABLE adoptions (
    edition TEXT NOT NULL, period TEXT NOT NULL, "when" TEXT NOT NULL, PRIMARY KEY (edition, period)
);
CREATE TABLE corrections (
    address TEXT NOT NULL, split TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    PRIMARY KEY (address, split)
);
INSERT INTO "corrections" VALUES('ada@council.example','R-AAAAAAA1#0 ~ R-BBBBBBB2#0 (2)','weekly','2026-W46');
CREATE TABLE ledger (name TEXT NOT NULL);
INSERT INTO "ledger" VALUES('0123456789abcdef0123456789abcdef');
CREATE TABLE sends (
    address TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    status TEXT NOT NULL, "when" TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (address, edition, period)
);
INSERT INTO "sends" VALUES('ada@council.example','weekly','2026-W46','sent','2026-11-16T05:00:00','');
CREATE TABLE stops (
    address TEXT PRIMARY KEY, "when" TEXT NOT NULL, why TEXT NOT NULL, who TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE turns (turn INTEGER PRIMARY KEY);
INSERT INTO "turns" VALUES(1);
COMMIT;
PRAGMA user_version = 2;
