-- runs that cannot have brought the record
c3 = 1

(
  (
    c4 = 1
  ) AND (
    NOT (
      COALESCE(r0_found, 0) = 1
    )
  )
)
AND (
  c5 = 1
)

(
  (
    c4 = 1
  ) AND (
    NOT (
      COALESCE(r0_found, 0) = 1
    )
  )
)
AND (
  c6 = 1
)

(
  COALESCE(r0_found, 0) = 1
)
AND (
  NOT (
    COALESCE(r0_succeeded, 0) = 1
  )
)

(
  COALESCE(r0_found, 0) = 1
) AND (
  NOT (
    COALESCE(r0_meant, 0) = 1
  )
)

COALESCE(r1_late, 0) = 1
