BEGIN TRANSACTION;
CREATE TABLE adoptions (
    edition TEXT NOT NULL, period TEXT NOT NULL, "when" TEXT NOT NULL, PRIMARY KEY (edition, period)
);
INSERT INTO "adoptions" VALUES('monthly','2026-10','2026-11-16T02:00:00');
CREATE TABLE ledger (name TEXT NOT NULL);
INSERT INTO "ledger" VALUES('0123456789abcdef0123456789abcdef');
CREATE TABLE sends (
    address TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    status TEXT NOT NULL, "when" TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (address, edition, period)
);
INSERT INTO "sends" VALUES('ada@council.example','weekly','2026-W46','sent','2026-11-16T02:00:00','');
CREATE TABLE stops (
    address TEXT PRIMARY KEY, "when" TEXT NOT NULL, why TEXT NOT NULL, who TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "stops" VALUES('ben@council.example','2026-11-16T09:00','asked','a person',0);
CREATE TABLE turns (turn INTEGER PRIMARY KEY);
INSERT INTO "turns" VALUES(1);
COMMIT;
