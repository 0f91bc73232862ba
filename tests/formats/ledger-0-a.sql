BEGIN TRANSACTION;
CREATE TABLE sends (
    address TEXT NOT NULL, edition TEXT NOT NULL, period TEXT NOT NULL,
    status TEXT NOT NULL, "when" TEXT NOT NULL,
    PRIMARY KEY (address, edition, period)
);
INSERT INTO "sends" VALUES('ada@council.example','weekly','2026-W46','sent','2026-11-16T02:00:00');
COMMIT;
