-- The rate a run was planned at, in pence an hour: noted once, so that a pay award changes what was delivered since and not
-- what was agreed. What runs from before showed is worked out once the file has this shape, as rows of the step that
-- notes the new format.

ALTER TABLE provision ADD COLUMN planned_rate INTEGER CHECK (planned_rate >= 0);

-- What ever hung on a record, without reading the journal through. Tables from here on call their parent `of`, so that
-- this one index serves them all.
CREATE INDEX journal_row_of ON journal_row (
  tbl,
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), '$.of'),
    NULL
  )
) WHERE iif(json_valid(coalesce(after, before)), json_extract(coalesce(after, before), '$.of'), NULL) IS NOT NULL;
