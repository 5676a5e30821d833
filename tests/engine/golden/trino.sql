-- name: 'trino'
-- sqlglot: 'trino'
-- package: 'trino[sqlalchemy]'
-- extra: 'trino'
-- sample_address: 'trino://user@host/crm/public'
-- timestamp_type: 'TIMESTAMP(6)'
-- naive_type: 'TIMESTAMP(6)'
-- name_folding: 'any'
-- dot_all: '(?s)'
-- pattern_end: '\\z'
-- shares_subexpressions: True
-- text: VARCHAR, CHAR, varchar(20)
-- true or false: BOOLEAN
-- a number: TINYINT, SMALLINT, INTEGER, BIGINT
-- a decimal number: DECIMAL(18,4), decimal
-- a floating-point number: REAL, DOUBLE
-- a date: DATE
-- a time without zone: TIMESTAMP, timestamp(3)
-- a time with zone: TIMESTAMP WITH TIME ZONE, timestamp(6) with time zone
-- bytes: 
-- of a type that is written as text: 
-- without a type: 
-- a UUID: UUID
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')
-- or
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE) AND LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(TRIM(' ␉␍␊⍽' FROM "odd ""name")) = 'x'
-- blank text
("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR IS_NAN("share"))
-- blank time
"zoned" IS NULL
-- given text
NOT ("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
-- given float
NOT ("share" IS NULL OR IS_NAN("share"))
-- among one text
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = 'ab'
-- among texts
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'it''s \ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = '${x}'
-- not among texts
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
-- among booleans
"flag" = TRUE
-- not among booleans
NOT COALESCE("flag" = FALSE, FALSE)
-- among numbers
"count" IN (-3, 1, 7)
-- not among numbers
NOT COALESCE("count" = 1, FALSE)
-- among decimals
"amount" IN (2.5, 7)
-- among floats
"share" IN (2.5, 7)
-- not among floats
NOT COALESCE("share" = 2.5, FALSE)
-- among dates, no time
FALSE
-- among dates
LOWER(TRIM(' ␉␍␊⍽' FROM CAST("day" AS VARCHAR))) = '2026-11-22'
-- matches
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM "text"), '^((tr?ue)|([a-z]+true))\z')
-- not matches
NOT COALESCE(REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM "text"), '^((ab)|([0-9]+))\z'), FALSE)
-- matches with a dot
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM "text"), '(?s)^(a.b)\z')
-- matches mail
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM "text"), '^([^@]+@[A-Za-z]+[.]COM)\z')
-- matches in any case
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM LOWER(TRIM(' ␉␍␊⍽' FROM "text"))), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))\z')
-- matches normalised mail
REGEXP_LIKE(NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))\z')
-- matches digits
REGEXP_LIKE(NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), ''), '(?s)^(42+.*)\z')
-- matches a number
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM CAST("count" AS VARCHAR)), '^(-?[0-9])\z')
-- matches a float
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM CASE WHEN IS_NAN("share") THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS VARCHAR) ELSE CAST("share" AS VARCHAR) END), '^([0-9.]+)\z')
-- matches a decimal
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS VARCHAR) ELSE CAST("amount" AS VARCHAR) END), '^([0-9])\z')
-- matches a date
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM CAST("day" AS VARCHAR)), '(?s)^(2026-11-2.)\z')
-- matches a boolean
REGEXP_LIKE(TRIM(' ␉␍␊⍽' FROM CAST("flag" AS VARCHAR)), '(?s)^(t.*)\z')
-- equal texts
LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = LOWER(TRIM(' ␉␍␊⍽' FROM "other"))
-- not equal texts
NOT COALESCE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")) = LOWER(TRIM(' ␉␍␊⍽' FROM "other")), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE) > 1
-- number of decimal
CAST("amount" AS DOUBLE) > 2
-- number of float
CASE WHEN IS_NAN("share") THEN NULL ELSE CAST("share" AS DOUBLE) END > 2
-- normalised exact
NULLIF(TRIM(' ␉␍␊⍽' FROM "text"), '') = 'True'
-- normalised text
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '') = 'true'
-- normalised email
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '') = 'jo.smith@example.com'
-- normalised name
NULLIF(LOWER(CASE WHEN LENGTH(TO_UTF8("text")) = LENGTH("text") THEN TRANSLATE("text", ' ␉␍␊.,;:''`"()/-_', '') ELSE TRANSLAT…949 91153f4e…ËÌÍÎÏÑÒÓÔÕÖ…502 677056ac…⍽.,;:''’‘`´"()/-‐‑–—_', 'aaaaaaceeeeiiiinooooo…453 71c0fd15…uuuuuuuuuuuuuyyyyyyyy') END), '') = 'ab'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' ␉␍␊⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(TRANSLATE(CASE WHEN REGEXP_LIKE(CASE WHEN REGEXP_LIKE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(L…3145 72d6aaba…TRIM(' ␉␍␊⍽' FROM "other")), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS VARCHAR))), '') = '7'
-- normalised nothing
NULLIF(TRIM(' ␉␍␊⍽' FROM "other"), '') = NULLIF(TRIM(' ␉␍␊⍽' FROM "other"), '')
-- key
"other" || '␟' || NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS VARCHAR))), '') = 'true␟-3'
-- record key of text
CASE WHEN LENGTH(TO_UTF8(TRIM(' ␉␍␊⍽' FROM "text"))) <= 13 AND LOWER(REPLACE(TRIM(' ␉␍␊⍽' FROM "text"), 'I', 'i')) IN ('', '-…1633 0ec703d4…]{4}-[0-9A-Fa-f]{12}[}]\z')) THEN SUBSTR(LOWER(TRIM(' ␉␍␊⍽' FROM "text")), 2, 36) ELSE TRIM(' ␉␍␊⍽' FROM "text") END = 'True'
-- record key of a number
CAST("count" AS VARCHAR) = '7'
-- joined
"other" || NULLIF(LOWER(TRIM(' ␉␍␊⍽' FROM CAST("count" AS VARCHAR))), '') = 'true-3'
-- hashed
LOWER(TO_HEX(MD5(TO_UTF8('7:' || "other")))) = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT CAST("naive" AS TIMESTAMP(6)) IS NULL
-- unreadable
NOT ("time" IS NULL OR TRIM(' ␉␍␊⍽' FROM "time") = '') AND (CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 1fbbf2e8…483 f22ef8a8…time", '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)\z') THEN '' ELSE 'Z' END END, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END IS NULL)
-- as of
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMP(6)) < CAST("naive" AS TIMESTAMP(6))
-- as of, earlier
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-08-24 12:00:00' AS TIMESTAMP(6))
-- instant
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMP(6))
-- later by months
DATE_ADD('month', 3, CAST("day" AS TIMESTAMP(6))) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMP(6)) < DATE_ADD('millisecond', 7776000000, CAST("naive" AS TIMESTAMP(6)))
-- later by both
DATE_ADD('millisecond', 273906000, DATE_ADD('month', 14, CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)))) < CAST('2028-11-22 12:00:00' AS TIMESTAMP(6))
-- second
CAST(DATE_TRUNC('SECOND', CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6))) AS VARCHAR) = CAST(DATE_TRUNC('SECOND', CAST("naive" AS TIMESTAMP(6))) AS VARCHAR)
-- not before
NOT COALESCE(CAST("naive" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6)), FALSE)
-- before, text
CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 1fbbf2e8…)(:?[0-5][0-9])?)?)\z') THEN CAST(AT_TIMEZONE(FROM_ISO8601_…460 a0c711d2…][0-9])?)\z') THEN '' ELSE 'Z' END END, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of text
CAST(CAST(CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 1fbbf2e8…)(:?[0-5][0-9])?)?)\z') THEN CAST(AT_TIMEZONE(FRO…506 cb6dc54e…ND, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, date
CAST("day" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, naive
CAST("naive" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of naive
CAST(CAST(CAST("naive" AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, zoned
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of zoned
CAST(CAST(CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- distinct values are known
"text" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" IS NULL OR "text" IN ('', '␉'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" IS NULL OR m1 = '')
-- computed before, of another value
LOWER(TRIM(' ␉␍␊⍽' FROM "other")) IN ('1', '1.0', 'true')
-- values repeat, blank
("text" IS NULL OR TRIM(' ␉␍␊⍽' FROM "text") = '')
