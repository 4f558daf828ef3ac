import { expect, test } from "vitest";
import { readableWidth } from "../../src/page/readableWidth.ts";

test.each([
  [
    "text of 18 pixels may shrink by half",
    '<svg width="600" viewBox="0 0 600 90"><text font-size="18"/></svg>',
    300,
  ],
  [
    "the smallest text counts",
    '<svg width="600"><text font-size="20"/><text style="font-size: 11.25px"/></svg>',
    480,
  ],
  [
    "points are larger than pixels",
    '<svg width="300pt" viewBox="0.00 0.00 300.00 9.00"><text font-size="9"/></svg>',
    300,
  ],
  ["units of the view box count", '<svg width="600" viewBox="0 0 300 9"><text font-size="9"/></svg>', 300],
  ["small text is not enlarged", '<svg width="600"><text font-size="8"/></svg>', 600],
  ["without text it stays as it is", '<svg width="600"><path/></svg>', 600],
  ["without a width it is a column's", "<svg><path/></svg>", 720],
])("%s", (_, svg, width) => {
  expect(readableWidth(svg)).toBe(width);
});
