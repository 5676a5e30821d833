-- a reserved address and a fictional number together
SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p0.n1 AS p0_n1,
  p0.n2 AS p0_n2,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.a0 AS p1_a0,
  p1.k0 AS p1_k0
FROM (
  SELECT
    COALESCE(SUM(w), 0) AS n,
    COALESCE(SUM(c0), 0) AS n0,
    COALESCE(SUM(c1), 0) AS n1,
    COALESCE(SUM(c2), 0) AS n2
  FROM (
    SELECT
      synth_n AS w,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
        THEN synth_n
      END AS c0,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
        THEN synth_n
      END AS c1,
      CASE
        WHEN NOT COALESCE(
          LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
          FALSE
        )
        THEN synth_n
      END AS c2
    FROM (
      SELECT
        "is_synthetic",
        COUNT(*) AS synth_n
      FROM batch
      GROUP BY
        "is_synthetic"
    ) AS synth_values
  ) AS synth_flags
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(c3) AS n3,
    COUNT(c0) AS a0,
    MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0
  FROM (
    SELECT
      "id" AS k,
      CASE WHEN synth_m0 AND synth_m1 THEN 1 END AS c0,
      CASE
        WHEN (
          synth_m0 OR synth_m1
        )
        AND NOT (
          COALESCE(synth_m0, FALSE) AND COALESCE(synth_m1, FALSE)
        )
        AND NOT FALSE
        THEN 1
      END AS c1,
      CASE WHEN synth_m0 THEN 1 END AS c2,
      CASE WHEN synth_m1 THEN 1 END AS c3
    FROM (
      SELECT
        "email",
        "id",
        "phone",
        CASE
          WHEN REGEXP_MATCHES(
            "email",
            '(?i)([@.](test|example|invalid|localhost)[.]?|[@.]example[.](com|net|org)[.]?)[{white space}]*$'
          )
          THEN REGEXP_MATCHES(
            NULLIF(
              LOWER(
                CASE
                  WHEN SUBSTRING("email", -1) BETWEEN '!' AND '~' AND "email" BETWEEN '!' AND '~'
                  THEN "email"
                  ELSE TRIM("email", '{white space}')
                END
              ),
              ''
            ),
            '(?s)^((.*@(.*[.])?(test|example|invalid|localhost)[.]?)|(.*@(.*[.])?example[.](com|net|org)[.]?))$'
          )
          ELSE FALSE
        END AS synth_m0,
        REGEXP_MATCHES(
          CASE
            WHEN LENGTH(
              TRANSLATE(
                REGEXP_REPLACE(
                  REGEXP_REPLACE(
                    REPLACE(
                      REGEXP_REPLACE(
                        LOWER(
                          CASE
                            WHEN SUBSTRING("phone", -1) BETWEEN '!' AND '~' AND "phone" BETWEEN '!' AND '~'
                            THEN "phone"
                            ELSE TRIM("phone", '{white space}')
                          END
                        ),
                        '(?s)(ext|x|#|;).*$',
                        '',
                        'g'
                      ),
                      '(0)',
                      ''
                    ),
                    '[^0-9+]',
                    '',
                    'g'
                  ),
                  '^00',
                  '+',
                  'g'
                ),
                '+',
                ''
              )
            ) > 6
            THEN REGEXP_REPLACE(
              REGEXP_REPLACE(
                REPLACE(
                  REGEXP_REPLACE(
                    LOWER(
                      CASE
                        WHEN SUBSTRING("phone", -1) BETWEEN '!' AND '~' AND "phone" BETWEEN '!' AND '~'
                        THEN "phone"
                        ELSE TRIM("phone", '{white space}')
                      END
                    ),
                    '(?s)(ext|x|#|;).*$',
                    '',
                    'g'
                  ),
                  '(0)',
                  ''
                ),
                '[^0-9+]',
                '',
                'g'
              ),
              '^00',
              '+',
              'g'
            )
          END,
          '^(([+]1[2-9][0-9]{2}55501[0-9]{2})|([+]440?1(1[3-8]|[2-6]1)4960[0-9]{3})|([+]440?1914980[0-9]{3})|([+]440?2079460[0-9]{3})|([+]440?28(96496|90180)[0-9]{3})|([+]440?2920180[0-9]{3})|([+]440?1632960[0-9]{3})|([+]440?7700900[0-9]{3})|([+]440?8081570[0-9]{3})|([+]440?9098790[0-9]{3})|([+]440?3069990[0-9]{3})|([+]610?[2378](5550|7010)[0-9]{4})|([+]610?491570(15[6789]|110))|(([+]61)?1800(160401|975707)))$'
        ) AS synth_m1
      FROM batch
      WHERE
        NOT COALESCE(LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
    ) AS batch
  ) AS synth_flags
) AS p1
  ON 1 = 1
