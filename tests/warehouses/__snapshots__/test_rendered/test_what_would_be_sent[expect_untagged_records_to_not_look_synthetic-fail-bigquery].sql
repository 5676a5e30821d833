-- a reserved address and a fictional number together
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
  COUNT(c0) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('1', '1.0', 'true'), FALSE)
      )
      AND (
        synth_m2 AND synth_m1
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('1', '1.0', 'true'), FALSE)
      )
      AND (
        (
          synth_m2 OR synth_m1
        )
        AND NOT (
          COALESCE(synth_m2, FALSE) AND COALESCE(synth_m1, FALSE)
        )
        AND NOT FALSE
      )
      THEN 1
    END AS c1,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('1', '1.0', 'true'), FALSE)
      ) AND (
        synth_m2
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        NOT COALESCE(synth_m0 IN ('1', '1.0', 'true'), FALSE)
      ) AND (
        synth_m1
      )
      THEN 1
    END AS c3,
    CASE WHEN synth_m0 IN ('1', '1.0', 'true') THEN 1 END AS c4,
    CASE WHEN synth_m0 IN ('0', '0.0', 'false') THEN 1 END AS c5,
    CASE
      WHEN NOT COALESCE(synth_m0 IN ('0', '0.0', '1', '1.0', 'false', 'true'), FALSE)
      THEN 1
    END AS c6,
    CASE WHEN NOT COALESCE(synth_m0 IN ('1', '1.0', 'true'), FALSE) THEN 1 END AS c7
  FROM (
    SELECT
      `email`,
      `id`,
      `is_synthetic`,
      `phone`,
      LOWER(TRIM(`is_synthetic`, ' \t\r\n ')) AS `synth_m0`,
      REGEXP_CONTAINS(
        CASE
          WHEN LENGTH(
            TRANSLATE(
              REGEXP_REPLACE(
                REGEXP_REPLACE(
                  REPLACE(
                    REGEXP_REPLACE(LOWER(TRIM(`phone`, ' \t\r\n ')), '(?s)(ext|x|#|;).*$', ''),
                    '(0)',
                    ''
                  ),
                  '[^0-9+]',
                  ''
                ),
                '^00',
                '+'
              ),
              '+',
              ''
            )
          ) > 6
          THEN REGEXP_REPLACE(
            REGEXP_REPLACE(
              REPLACE(
                REGEXP_REPLACE(LOWER(TRIM(`phone`, ' \t\r\n ')), '(?s)(ext|x|#|;).*$', ''),
                '(0)',
                ''
              ),
              '[^0-9+]',
              ''
            ),
            '^00',
            '+'
          )
        END,
        '^(([+]1[2-9][0-9]{2}55501[0-9]{2})|([+]440?1(1[3-8]|[2-6]1)4960[0-9]{3})|([+]440?1914980[0-9]{3})|([+]440?2079460[0-9]{3})|([+]440?28(96496|90180)[0-9]{3})|([+]440?2920180[0-9]{3})|([+]440?1632960[0-9]{3})|([+]440?7700900[0-9]{3})|([+]440?8081570[0-9]{3})|([+]440?9098790[0-9]{3})|([+]440?3069990[0-9]{3})|([+]610?[2378](5550|7010)[0-9]{4})|([+]610?491570(15[6789]|110))|(([+]61)?1800(160401|975707)))$'
      ) AS `synth_m1`,
      REGEXP_CONTAINS(
        NULLIF(LOWER(TRIM(`email`, ' \t\r\n ')), ''),
        '(?s)^((.*@(.*[.])?(test|example|invalid|localhost)[.]?)|(.*@(.*[.])?example[.](com|net|org)[.]?))$'
      ) AS `synth_m2`
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`
