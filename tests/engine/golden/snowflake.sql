-- name: 'snowflake'
-- sqlglot: 'snowflake'
-- package: 'snowflake-sqlalchemy'
-- extra: 'snowflake'
-- sample_address: 'snowflake://user:word@account/crm/public'
-- doubles_percent: True
-- data_source_type: 'snowflake'
-- emulator: 'fakesnow'
-- timestamp_type: 'TIMESTAMPNTZ'
-- naive_type: 'TIMESTAMPNTZ'
-- name_folding: 'upper'
-- any_character: '(.|[\r\n])'
-- snapshot: 'SELECT TO_VARCHAR(SYSDATE(), \'YYYY-MM-DD"T"HH24:MI:SS.FF6"Z"\')'
-- shares_subexpressions: True
-- text: 2
-- true or false: 13
-- a number: 
-- a decimal number: 0
-- a floating-point number: 1
-- a date: 3
-- a time without zone: 8
-- a time with zone: 6, 7
-- bytes: 11
-- of a type that is written as text: 
-- without a type: 
-- a UUID: 
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true') AND LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab')
-- or
LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true') OR LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true') OR LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true') AND LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab'), FALSE) AND LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(TRIM("odd ""name", '{white space}')) = 'x'
-- blank text
("text" IS NULL OR TRIM("text", '{white space}') = '')
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR "share" = CAST('NaN' AS DOUBLE))
-- blank time
"zoned" IS NULL
-- given text
NOT ("text" IS NULL OR TRIM("text", '{white space}') = '')
-- given float
NOT ("share" IS NULL OR "share" = CAST('NaN' AS DOUBLE))
-- among one text
LOWER(TRIM("text", '{white space}')) = 'ab'
-- among texts
LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'it\'s \\ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(TRIM("text", '{white space}')) = '${x}'
-- not among texts
NOT COALESCE(LOWER(TRIM("text", '{white space}')) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM(CAST("day" AS VARCHAR), '{white space}')) = '2026-11-22'
-- matches
REGEXP_INSTR(TRIM("text", '{white space}'), '^((tr?ue)|([a-z]+true))$') > 0
-- not matches
NOT COALESCE(REGEXP_INSTR(TRIM("text", '{white space}'), '^((ab)|([0-9]+))$') > 0, FALSE)
-- matches with a dot
REGEXP_INSTR(TRIM("text", '{white space}'), '^(a(.|[\r\n])b)$') > 0
-- matches mail
REGEXP_INSTR(TRIM("text", '{white space}'), '^([^@]+@[A-Za-z]+[.]COM)$') > 0
-- matches in any case
REGEXP_INSTR(TRIM(LOWER(TRIM("text", '{white space}')), '{white space}'), '^([a-z.]+@((.|[\r\n])*[.])?example[.](com|net))$') > 0
-- matches normalised mail
REGEXP_INSTR(NULLIF(CASE WHEN LOWER(TRIM("text", '{white space}')) LIKE 'mailto:%' THEN SUBSTRING(LOWER(TRIM("text", '{white space}')), 8) ELSE LOWER(TRIM("text", '{white space}')) END, ''), '^([a-z.]+@((.|[\r\n])*[.])?example[.](com|net))$') > 0
-- matches digits
REGEXP_INSTR(NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), ''), '^(42+(.|[\r\n])*)$') > 0
-- matches a number
REGEXP_INSTR(TRIM(CAST("count" AS VARCHAR), '{white space}'), '^(-?[0-9])$') > 0
-- matches a float
REGEXP_INSTR(TRIM(CASE WHEN "share" = CAST('NaN' AS DOUBLE) THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS VARCHAR) ELSE CASE WHEN REGEXP_INSTR(CAST("share" AS VARCHAR), '^-?[0-9]+[.][0-9]*$') > 0 THEN REGEXP_REPLACE(CAST("share" AS VARCHAR), '([.]|[.]?0+)$', '') ELSE CAST("share" AS VARCHAR) END END, '{white space}'), '^([0-9.]+)$') > 0
-- matches a decimal
REGEXP_INSTR(TRIM(CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS VARCHAR) ELSE CASE WHEN REGEXP_INSTR(CAST("amount" AS VARCHAR), '^-?[0-9]+[.][0-9]*$') > 0 THEN REGEXP_REPLACE(CAST("amount" AS VARCHAR), '([.]|[.]?0+)$', '') ELSE CAST("amount" AS VARCHAR) END END, '{white space}'), '^([0-9])$') > 0
-- matches a date
REGEXP_INSTR(TRIM(CAST("day" AS VARCHAR), '{white space}'), '^(2026-11-2(.|[\r\n]))$') > 0
-- matches a boolean
REGEXP_INSTR(TRIM(CAST("flag" AS VARCHAR), '{white space}'), '^(t(.|[\r\n])*)$') > 0
-- equal texts
LOWER(TRIM("text", '{white space}')) = LOWER(TRIM("other", '{white space}'))
-- not equal texts
NOT COALESCE(LOWER(TRIM("text", '{white space}')) = LOWER(TRIM("other", '{white space}')), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE) > 1
-- number of decimal
CAST("amount" AS DOUBLE) > 2
-- number of float
CASE WHEN "share" = CAST('NaN' AS DOUBLE) THEN NULL ELSE CAST("share" AS DOUBLE) END > 2
-- normalised exact
NULLIF(TRIM("text", '{white space}'), '') = 'True'
-- normalised text
NULLIF(LOWER(TRIM("text", '{white space}')), '') = 'true'
-- normalised email
NULLIF(CASE WHEN LOWER(TRIM("text", '{white space}')) LIKE 'mailto:%' THEN SUBSTRING(LOWER(TRIM("text", '{white space}')), 8) ELSE LOWER(TRIM("text", '{white space}')) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN OCTET_LENGTH("text") = LENGTH("text") THEN LOWER(TRANSLATE("text", ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLA…2056 396e261c…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE("other", ' ', ''), '\'', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' \t\r\n⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM("text", '{white space}')), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM("text", '{white space}')), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM("text", '{white space}')), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM("text", '{white space}')), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_INSTR(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM("other", '{wh…1703 3cf7cdd8…("other", '{white space}')), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM(CAST("count" AS VARCHAR), '{white space}')), '') = '7'
-- normalised nothing
NULLIF(TRIM("other", '{white space}'), '') = NULLIF(TRIM("other", '{white space}'), '')
-- key
"other" || '\x1f' || NULLIF(LOWER(TRIM(CAST("count" AS VARCHAR), '{white space}')), '') = 'true\x1f-3'
-- record key of text
CASE WHEN OCTET_LENGTH(TRIM("text", '{white space}')) <= 13 AND CHARINDEX(LOWER(REPLACE(TRIM("text", '{white space}'), 'I', '…1707 5cf98927…THEN REPLACE(LOWER(SUBSTRING(TRIM("text", '{white space}'), 2, 36)), '-', '') ELSE TRIM("text", '{white space}') END = 'True'
-- record key of a number
CAST("count" AS VARCHAR) = '7'
-- joined
"other" || NULLIF(LOWER(TRIM(CAST("count" AS VARCHAR), '{white space}')), '') = 'true-3'
-- ranked text
SHA2('7|' || (CASE WHEN OCTET_LENGTH(TRIM("other", '{white space}')) <= 13 AND CHARINDEX(LOWER(REPLACE(TRIM("other", '{white …1814 98393d59… '-', '') ELSE TRIM("other", '{white space}') END), 256) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
SHA2('7|' || (CAST("count" AS VARCHAR)), 256) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING("other", 2, 1) = 'b'
-- guarded
CASE WHEN LOWER(TRIM("other", '{white space}')) IN ('2.5', 'a', 'ab') THEN "other" END = 'ab'
-- remainder
CASE WHEN SUBSTRING("text", 1, LENGTH("other")) = "other" THEN SUBSTRING("text", LENGTH("other") + 1) END = '\n'
-- hashed
MD5('7:' || "other") = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT CAST("naive" AS TIMESTAMPNTZ) IS NULL
-- unreadable
NOT ("time" IS NULL OR TRIM("time", '{white space}') = '') AND (CASE WHEN REGEXP_INSTR("time", '^(((000[1-9]|00[1-9][…639 e71…497 270512e2…time", '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$') > 0 THEN '' ELSE 'Z' END END AS TIMESTAMPTZ)) AS TIMESTAMPNTZ) END IS NULL)
-- as of
CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMPNTZ) < CAST("naive" AS TIMESTAMPNTZ)
-- as of, earlier
CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) < CAST('2026-08-24 12:00:00' AS TIMESTAMPNTZ)
-- instant
CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMPNTZ)
-- later by months
(CAST("day" AS TIMESTAMPNTZ) + INTERVAL '3 MONTH') < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ) < (CAST("naive" AS TIMESTAMPNTZ) + INTERVAL '7776000000000 MICROSECOND')
-- later by both
((CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) + INTERVAL '14 MONTH') + INTERVAL '273906000000 MICROSECOND') < CAST('2028-11-22 12:00:00' AS TIMESTAMPNTZ)
-- second
CAST(DATE_TRUNC('SECOND', CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ)) AS VARCHAR) = CAST(DATE_TRUNC('SECOND', CAST("naive" AS TIMESTAMPNTZ)) AS VARCHAR)
-- not before
NOT COALESCE(CAST("naive" AS TIMESTAMPNTZ) < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ), FALSE)
-- before, text
CASE WHEN REGEXP_INSTR("time", '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$') > 0 THEN CAST(CONVERT_TIMEZONE('UT…470 e289953f…][0-9])?)$') > 0 THEN '' ELSE 'Z' END END AS TIMESTAMPTZ)) AS TIMESTAMPNTZ) END < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- day of text
CAST(CAST(CASE WHEN REGEXP_INSTR("time", '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$') > 0 THEN CAST(CONVERT_TI…516 f19a022c…D END AS TIMESTAMPTZ)) AS TIMESTAMPNTZ) END AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR)
-- before, date
CAST("day" AS TIMESTAMPNTZ) < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR)
-- before, naive
CAST("naive" AS TIMESTAMPNTZ) < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- day of naive
CAST(CAST(CAST("naive" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR)
-- before, zoned
CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) < CAST('2026-11-22 12:00:00' AS TIMESTAMPNTZ)
-- day of zoned
CAST(CAST(CAST(CONVERT_TIMEZONE('UTC', "zoned") AS TIMESTAMPNTZ) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMPNTZ) AS DATE) AS VARCHAR)
-- distinct values are known
"text" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" IS NULL OR "text" IN ('', '\t'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" IS NULL OR m1 = '')
-- computed before, of another value
LOWER(TRIM("other", '{white space}')) IN ('1', '1.0', 'true')
-- values repeat, blank
("text" IS NULL OR TRIM("text", '{white space}') = '')
-- a capital first
REGEXP_INSTR(NULLIF(TRIM("text", '{white space}'), ''), '^([A-Z][a-z]+)$') > 0
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
