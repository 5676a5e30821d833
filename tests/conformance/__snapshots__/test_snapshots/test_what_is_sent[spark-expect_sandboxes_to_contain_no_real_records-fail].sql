-- people by their marker, by their id, and by their identifiers
c3 = 1

COALESCE(r0_found, 0) = 1

(
  COALESCE(r1_found, 0) = 1
)
AND (
  NOT (
    COALESCE(r1_shared, 0) = 1
  )
)

(
  COALESCE(r1_shared, 0) = 1
)
AND (
  (
    (
      NOT (
        COALESCE(r1_found, 0) = 1
      )
    ) OR (
      COALESCE(r1_shared, 0) = 1
    )
  )
)

(
  c4 = 1
)
AND (
  NOT (
    (
      (
        COALESCE(r0_found, 0) = 1
      ) OR (
        COALESCE(r1_found, 0) = 1
      )
    )
  )
)
