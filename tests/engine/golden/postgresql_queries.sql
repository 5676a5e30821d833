-- SYNTH_TRIM(x)

CASE
  WHEN "x" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
  THEN "x" COLLATE "C"
  ELSE TRIM('{white space}' FROM "x" COLLATE "C")
END

-- rows

SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.a0 AS p1_a0
FROM (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0
  FROM (
    SELECT
      CASE
        WHEN CASE
          WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
          THEN LOWER("marker" COLLATE "C")
          ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
        END IN ('1', '1.0', 'true')
        THEN 1
      END AS c0
    FROM batch
  ) AS synth_flags
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(COALESCE(c0, c1)) AS a0
  FROM (
    SELECT
      CASE
        WHEN CASE
          WHEN "email" COLLATE "C" IS NULL
          THEN TRUE
          WHEN "email" COLLATE "C" BETWEEN '!' AND '~'
          THEN FALSE
          ELSE "email" COLLATE "C" ~ '^[{white space}]*$'
        END
        THEN 1
      END AS c0,
      CASE WHEN SYNTH_TRIM("email") ~ '^(.*@shop[.]test)$' THEN 1 END AS c1,
      CASE WHEN "at" IS NULL THEN 1 END AS c2
    FROM (
      SELECT
        "at",
        "email",
        "id"
      FROM batch
      WHERE
        CASE
          WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
          THEN LOWER("marker" COLLATE "C")
          ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
        END IN ('1', '1.0', 'true')
      LIMIT ALL
      OFFSET '0'
    ) AS batch
    LIMIT ALL
    OFFSET '0'
  ) AS synth_flags
) AS p1
  ON 1 = 1

WITH synth_broken AS (
  SELECT
    "id" AS k,
    CASE WHEN SYNTH_TRIM("email") ~ '^(.*@shop[.]test)$' THEN 1 ELSE 0 END AS f0
  FROM (
    SELECT
      "at",
      "email",
      "id"
    FROM batch
    WHERE
      CASE
        WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
        THEN LOWER("marker" COLLATE "C")
        ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
      END IN ('1', '1.0', 'true')
    LIMIT ALL
    OFFSET '0'
  ) AS batch
  WHERE
    (
      (
        SYNTH_TRIM("email") ~ '^(.*@shop[.]test)$'
      )
    )
)
SELECT
  s0.rule,
  s0.k
FROM (
  SELECT
    0 AS rule,
    synth_broken.k AS k
  FROM synth_broken
  WHERE
    synth_broken.f0 = 1
  ORDER BY
    synth_broken.k
  LIMIT 20
) AS s0

-- lookups

WITH synth_records AS (
  SELECT
    NULLIF(
      CASE
        WHEN CASE
          WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
          THEN LOWER("email" COLLATE "C")
          ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
        END LIKE 'mailto:%'
        THEN SUBSTRING(CASE
          WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
          THEN LOWER("email" COLLATE "C")
          ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
        END FROM 8)
        ELSE CASE
          WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
          THEN LOWER("email" COLLATE "C")
          ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
        END
      END,
      ''
    ) AS k0,
    COALESCE("at" AT TIME ZONE 'UTC', CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t1,
    "email" COLLATE "C" AS k2,
    CASE WHEN "at" AT TIME ZONE 'UTC' < "at" AT TIME ZONE 'UTC' THEN 1 ELSE 0 END AS c3
  FROM (
    SELECT
      "at",
      "email"
    FROM batch
    WHERE
      CASE
        WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
        THEN LOWER("marker" COLLATE "C")
        ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
      END IN ('1', '1.0', 'true')
    LIMIT ALL
    OFFSET '0'
  ) AS batch
  WHERE
    TRUE
)
SELECT
  p0.n AS p0_n,
  p0.a0 AS p0_a0,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.a0 AS p1_a0
FROM (
  SELECT
    COUNT(*) AS n,
    0 AS a0
  FROM batch
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(c3) AS n3,
    COUNT(COALESCE(c0, c1, c2, c3)) AS a0
  FROM (
    SELECT
      CASE WHEN COALESCE(r0_found, 0) = 1 THEN 1 END AS c0,
      CASE WHEN (
        COALESCE(r0_tester, 0) = 1
      ) AND (
        c3 = 1
      ) THEN 1 END AS c1,
      CASE WHEN COALESCE(r0_lost, 0) = 1 THEN 1 END AS c2,
      CASE WHEN COALESCE(r1_shared, 0) = 1 THEN 1 END AS c3
    FROM synth_records
    LEFT OUTER JOIN (
      SELECT
        r0_rows.ref_key AS r0_key,
        r0_asked.asked_at AS r0_at,
        1 AS r0_found,
        MAX(
          CASE
            WHEN is_tester = 1
            AND (
              valid_from IS NULL OR valid_from <= asked_at
            )
            AND (
              valid_until IS NULL OR asked_at < valid_until
            )
            THEN 1
            ELSE 0
          END
        ) AS r0_tester,
        MAX(
          CASE
            WHEN is_lost = 1 AND (
              valid_from IS NULL OR valid_from <= asked_at
            ) AND (
              valid_until IS NULL OR asked_at < valid_until
            )
            THEN 1
            ELSE 0
          END
        ) AS r0_lost
      FROM (
        SELECT DISTINCT
          synth_records.k0 AS asked_key,
          synth_records.t1 AS asked_at
        FROM synth_records
      ) AS r0_asked
      JOIN (
        SELECT
          r0_between.ref_key AS ref_key,
          CASE WHEN (
            r0_end.ref_key IS NULL
          ) THEN 1 ELSE 0 END AS is_lost,
          r0_end.is_tester AS is_tester,
          r0_end.valid_from AS valid_from,
          r0_end.valid_until AS valid_until
        FROM (
          SELECT
            r0_all.ref_key AS ref_key,
            r0_all.leads_to AS leads_to
          FROM (
            SELECT
              NULLIF(
                CASE
                  WHEN CASE
                    WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
                    THEN LOWER("email" COLLATE "C")
                    ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
                  END LIKE 'mailto:%'
                  THEN SUBSTRING(CASE
                    WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
                    THEN LOWER("email" COLLATE "C")
                    ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
                  END FROM 8)
                  ELSE CASE
                    WHEN "email" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
                    THEN LOWER("email" COLLATE "C")
                    ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "email" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
                  END
                END,
                ''
              ) AS ref_key,
              "owner" COLLATE "C" AS leads_to
            FROM reference_1
          ) AS r0_all
          WHERE
            r0_all.ref_key IN (
              SELECT
                synth_records.k0
              FROM synth_records
            )
        ) AS r0_between
        LEFT OUTER JOIN (
          SELECT
            "owner" COLLATE "C" AS ref_key,
            CASE
              WHEN CASE
                WHEN "role" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
                THEN LOWER("role" COLLATE "C")
                ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "role" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
              END = 'test'
              THEN 1
              ELSE 0
            END AS is_tester,
            CAST("since" AS TIMESTAMP) AS valid_from,
            "until" AT TIME ZONE 'UTC' AS valid_until
          FROM reference_2
          WHERE
            NOT CASE
              WHEN "role" COLLATE "C" IS NULL
              THEN TRUE
              WHEN "role" COLLATE "C" BETWEEN '!' AND '~'
              THEN FALSE
              ELSE "role" COLLATE "C" ~ '^[{white space}]*$'
            END
        ) AS r0_end
          ON r0_between.leads_to = r0_end.ref_key
      ) AS r0_rows
        ON r0_asked.asked_key = r0_rows.ref_key
      GROUP BY
        r0_rows.ref_key,
        r0_asked.asked_at
    ) AS r0
      ON synth_records.k0 = r0.r0_key AND synth_records.t1 = r0.r0_at
    LEFT OUTER JOIN (
      SELECT
        r1_crowd.ref_key AS ref_key,
        CASE WHEN COUNT(DISTINCT record) + COUNT(*) - COUNT(record) > 1 THEN 1 ELSE 0 END AS r1_shared
      FROM (
        SELECT
          synth_key AS ref_key,
          '' || COALESCE(NULLIF(TRIM('{white space}' FROM CAST("id" AS TEXT)), ''), '') || '' || COALESCE(NULLIF(SYNTH_TRIM("marker"), ''), '') || '' || COALESCE(NULLIF(SYNTH_TRIM("email"), ''), '') || '' AS record
        FROM (
          SELECT
            "email" COLLATE "C" AS synth_key,
            *
          FROM batch
        ) AS r1_keyed
        WHERE
          synth_key IN (
            SELECT
              r1_rows.ref_key
            FROM (
              SELECT
                "email" COLLATE "C" AS ref_key
              FROM batch
            ) AS r1_rows
            GROUP BY
              r1_rows.ref_key
            HAVING
              COUNT(*) > 1
          )
      ) AS r1_crowd
      GROUP BY
        r1_crowd.ref_key
    ) AS r1_limits
      ON synth_records.k2 = r1_limits.ref_key
    LIMIT ALL
    OFFSET '0'
  ) AS synth_flags
) AS p1
  ON 1 = 1

-- violating records

SELECT
  "id" AS v0,
  CASE
    WHEN (
      CASE
        WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
        THEN LOWER("marker" COLLATE "C")
        ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
      END IN ('1', '1.0', 'true')
    )
    AND (
      CASE
        WHEN "email" COLLATE "C" IS NULL
        THEN TRUE
        WHEN "email" COLLATE "C" BETWEEN '!' AND '~'
        THEN FALSE
        ELSE "email" COLLATE "C" ~ '^[{white space}]*$'
      END
    )
    THEN 1
    ELSE 0
  END AS f0,
  CASE
    WHEN (
      CASE
        WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
        THEN LOWER("marker" COLLATE "C")
        ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
      END IN ('1', '1.0', 'true')
    )
    AND (
      SYNTH_TRIM("email") ~ '^(.*@shop[.]test)$'
    )
    THEN 1
    ELSE 0
  END AS f1
FROM batch
WHERE
  (
    (
      CASE
        WHEN "marker" COLLATE "C" ~ '^[!-~]([ -~]*[!-~])?$'
        THEN LOWER("marker" COLLATE "C")
        ELSE NORMALIZE(LOWER(REPLACE(TRIM('{white space}' FROM "marker" COLLATE "C"), 'I', 'i') COLLATE "default") COLLATE "C", NFC)
      END IN ('1', '1.0', 'true')
    )
    AND (
      (
        CASE
          WHEN "email" COLLATE "C" IS NULL
          THEN TRUE
          WHEN "email" COLLATE "C" BETWEEN '!' AND '~'
          THEN FALSE
          ELSE "email" COLLATE "C" ~ '^[{white space}]*$'
        END
      )
      OR (
        SYNTH_TRIM("email") ~ '^(.*@shop[.]test)$'
      )
    )
  )

-- a sample

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      1 = 1
  ) AS n,
  synth_rows.v0
FROM (
  SELECT
    email AS v0,
    id AS o0
  FROM batch
  WHERE
    1 = 1
) AS synth_rows
WHERE
  synth_rows.o0 IS NOT NULL
ORDER BY
  synth_rows.o0
LIMIT 10
