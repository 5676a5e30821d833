-- approvals that are none
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(c5) AS n5,
  COUNT(c6) AS n6,
  COUNT(c7) AS n7,
  COUNT(c8) AS n8,
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c7, c8)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
  MIN(CASE WHEN NOT c7 IS NULL THEN k END, 20) AS k7,
  MIN(CASE WHEN NOT c8 IS NULL THEN k END, 20) AS k8
FROM (
  SELECT
    "id" AS k,
    CASE
      WHEN (
        "asked" IS NULL
        OR CASE
          WHEN SUBSTRING("asked", -1) BETWEEN '!' AND '~' AND "asked" BETWEEN '!' AND '~'
          THEN "asked"
          ELSE TRIM("asked", '{white space}')
        END = ''
      )
      THEN 1
    END AS c0,
    CASE WHEN (
      "approved" IS NULL OR synth_m2 = ''
    ) THEN 1 END AS c1,
    CASE
      WHEN NOT (
        "approved" IS NULL OR synth_m2 = ''
      )
      AND NULLIF(
        LOWER(
          CASE
            WHEN SUBSTRING("asked", -1) BETWEEN '!' AND '~' AND "asked" BETWEEN '!' AND '~'
            THEN "asked"
            ELSE TRIM("asked", '{white space}')
          END
        ),
        ''
      ) = NULLIF(
        LOWER(
          CASE
            WHEN SUBSTRING("approved", -1) BETWEEN '!' AND '~' AND "approved" BETWEEN '!' AND '~'
            THEN "approved"
            ELSE TRIM("approved", '{white space}')
          END
        ),
        ''
      )
      THEN 1
    END AS c2,
    CASE WHEN synth_m0 IS NULL THEN 1 END AS c3,
    CASE WHEN synth_m1 IS NULL THEN 1 END AS c4,
    CASE
      WHEN synth_m1 < synth_m0 AND NOT COALESCE(synth_m4 IN ('1', '1.0', 'true'), FALSE)
      THEN 1
    END AS c5,
    CASE WHEN synth_m1 < synth_m0 AND synth_m4 IN ('1', '1.0', 'true') THEN 1 END AS c6,
    CASE WHEN (
      "run" IS NULL OR synth_m3 = ''
    ) THEN 1 END AS c7,
    CASE
      WHEN NOT (
        "run" IS NULL OR synth_m3 = ''
      )
      AND NOT COALESCE(LOWER(TRIM("status", '{white space}')) IN ('passed', 'success'), FALSE)
      THEN 1
    END AS c8
  FROM (
    SELECT
      "approved",
      "approved_at",
      "asked",
      "id",
      "promoted_at",
      "run",
      "status",
      "urgent",
      CASE
        WHEN REGEXP_MATCHES(
          "approved_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("approved_at") = 10
              THEN "approved_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("approved_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "approved_at"
              ELSE "approved_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN REGEXP_MATCHES(
          "promoted_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("promoted_at") = 10
              THEN "promoted_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("promoted_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "promoted_at"
              ELSE "promoted_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m1,
      CASE
        WHEN SUBSTRING("approved", -1) BETWEEN '!' AND '~' AND "approved" BETWEEN '!' AND '~'
        THEN "approved"
        ELSE TRIM("approved", '{white space}')
      END AS synth_m2,
      CASE
        WHEN SUBSTRING("run", -1) BETWEEN '!' AND '~' AND "run" BETWEEN '!' AND '~'
        THEN "run"
        ELSE TRIM("run", '{white space}')
      END AS synth_m3,
      LOWER(TRIM("urgent", '{white space}')) AS synth_m4
    FROM batch
  ) AS batch
) AS synth_flags
