-- one violation of each kind
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(LOWER(TRIM("reviewer", '{white space}')), '') || '' || CAST(DATE_TRUNC('SECOND', "synth_m2") AS TEXT) AS k1,
    CASE
      WHEN (
        "reviewer" IS NULL OR TRIM("reviewer", '{white space}') = ''
      )
      THEN 1
      ELSE 0
    END AS c2,
    CASE
      WHEN NOT (
        "reviewer" IS NULL OR TRIM("reviewer", '{white space}') = ''
      )
      AND (
        REGEXP_MATCHES(
          TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
          '^((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|automatic|batch|cron|job|api|integration|service|daemon|scheduler|model|ai|ml))$'
        )
        OR REGEXP_MATCHES(
          TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
          '(?s)^((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|batch|cron|job|api|integration|service|daemon|scheduler)[-_.:/ @].*)$'
        )
        OR REGEXP_MATCHES(
          TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
          '(?s)^(.*[-_.:/ ](svc|bot|robot|rpa|auto|automation|batch|cron|job|api|integration|service|daemon|scheduler|process|user)(@.*)?)$'
        )
        OR REGEXP_MATCHES(
          TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
          '(?s)^((no-?reply|do-?not-?reply|root|admin|administrator|automated ?process)(@.*)?)$'
        )
      )
      THEN 1
      ELSE 0
    END AS c3,
    CASE WHEN "synth_m1" IS NULL THEN 1 ELSE 0 END AS c4,
    CASE WHEN "synth_m2" IS NULL THEN 1 ELSE 0 END AS c5,
    CASE WHEN "synth_m0" IS NULL THEN 1 ELSE 0 END AS c6,
    CASE WHEN "synth_m2" < "synth_m1" THEN 1 ELSE 0 END AS c7,
    CASE WHEN "synth_m0" < "synth_m2" THEN 1 ELSE 0 END AS c8,
    CASE
      WHEN (
        "outcome" IS NULL OR TRIM("outcome", '{white space}') = ''
      )
      THEN 1
      ELSE 0
    END AS c9,
    CASE
      WHEN LOWER(TRIM("outcome", '{white space}')) IN ('changed', 'overturned', 'reversed')
      THEN 1
      ELSE 0
    END AS c10,
    CASE
      WHEN (
        "reviewer" IS NULL OR TRIM("reviewer", '{white space}') = ''
      )
      OR (
        NOT (
          "reviewer" IS NULL OR TRIM("reviewer", '{white space}') = ''
        )
        AND (
          REGEXP_MATCHES(
            TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
            '^((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|automatic|batch|cron|job|api|integration|service|daemon|scheduler|model|ai|ml))$'
          )
          OR REGEXP_MATCHES(
            TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
            '(?s)^((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|batch|cron|job|api|integration|service|daemon|scheduler)[-_.:/ @].*)$'
          )
          OR REGEXP_MATCHES(
            TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
            '(?s)^(.*[-_.:/ ](svc|bot|robot|rpa|auto|automation|batch|cron|job|api|integration|service|daemon|scheduler|process|user)(@.*)?)$'
          )
          OR REGEXP_MATCHES(
            TRIM(LOWER(TRIM("reviewer", '{white space}')), '{white space}'),
            '(?s)^((no-?reply|do-?not-?reply|root|admin|administrator|automated ?process)(@.*)?)$'
          )
        )
      )
      OR "synth_m1" IS NULL
      OR "synth_m2" IS NULL
      OR "synth_m0" IS NULL
      OR "synth_m2" < "synth_m1"
      OR "synth_m0" < "synth_m2"
      OR (
        "outcome" IS NULL OR TRIM("outcome", '{white space}') = ''
      )
      THEN 1
      ELSE 0
    END AS c11
  FROM (
    SELECT
      "effective_at",
      "id",
      "outcome",
      "output_at",
      "reviewed_at",
      "reviewer",
      CASE
        WHEN REGEXP_MATCHES(
          "effective_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("effective_at") = 10
              THEN "effective_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("effective_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "effective_at"
              ELSE "effective_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN REGEXP_MATCHES(
          "output_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("output_at") = 10
              THEN "output_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("output_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "output_at"
              ELSE "output_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m1,
      CASE
        WHEN REGEXP_MATCHES(
          "reviewed_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("reviewed_at") = 10
              THEN "reviewed_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("reviewed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "reviewed_at"
              ELSE "reviewed_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m2
    FROM batch
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(CASE WHEN (
    c11 = 1
  ) OR (
    COALESCE(r0_too_many, 0) = 1
  ) THEN 1 END) AS n0,
  COUNT(CASE WHEN c2 = 1 THEN 1 END) AS n1,
  COUNT(CASE WHEN c3 = 1 THEN 1 END) AS n2,
  COUNT(CASE WHEN c4 = 1 THEN 1 END) AS n3,
  COUNT(CASE WHEN c5 = 1 THEN 1 END) AS n4,
  COUNT(CASE WHEN c6 = 1 THEN 1 END) AS n5,
  COUNT(CASE WHEN c7 = 1 THEN 1 END) AS n6,
  COUNT(CASE WHEN c8 = 1 THEN 1 END) AS n7,
  COUNT(CASE WHEN c9 = 1 THEN 1 END) AS n8,
  COUNT(CASE WHEN COALESCE(r0_too_many, 0) = 1 THEN 1 END) AS n9,
  COUNT(CASE WHEN c10 = 1 THEN 1 END) AS n10
FROM synth_records
LEFT OUTER JOIN (
  SELECT
    r0_rows.ref_key AS r0_key,
    1 AS r0_found,
    CASE WHEN COUNT(*) > 5 THEN 1 ELSE 0 END AS r0_too_many
  FROM (
    SELECT
      NULLIF(LOWER(TRIM("reviewer", '{white space}')), '') || '' || CAST(DATE_TRUNC(
        'SECOND',
        CASE
          WHEN REGEXP_MATCHES(
            "reviewed_at",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("reviewed_at") = 10
                THEN "reviewed_at" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("reviewed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "reviewed_at"
                ELSE "reviewed_at" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END
      ) AS TEXT) AS ref_key
    FROM batch
    WHERE
      TRUE
  ) AS r0_rows
  WHERE
    r0_rows.ref_key IN (
      SELECT
        synth_records.k1
      FROM synth_records
    )
  GROUP BY
    r0_rows.ref_key
) AS r0
  ON synth_records.k1 = r0.r0_key
