-- datasets that were deleted too early, or cannot be restored
c3 = 1

c4 = 1

(
  c5 = 1
)
AND (
  (
    COALESCE(r4_then, 0) = 1
  ) OR (
    COALESCE(r5_then, 0) = 1
  )
)

(
  c6 = 1
)
AND (
  (
    COALESCE(r2_then, 0) = 1
  ) OR (
    COALESCE(r3_then, 0) = 1
  )
)

(
  c7 = 1
)
AND (
  (
    COALESCE(r4_then, 0) = 1
  ) OR (
    COALESCE(r5_then, 0) = 1
  )
)

c8 = 1

(
  c9 = 1
) AND (
  COALESCE(r0_undated, 0) = 1
)

(
  c9 = 1
) AND (
  COALESCE(r1_lost, 0) = 1
)

c10 = 1

c11 = 1

(
  c9 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

c2 = 1

(
  c3 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)
