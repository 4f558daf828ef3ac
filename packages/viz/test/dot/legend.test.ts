import { expect, test } from "vitest";
import { captionLabel } from "../../src/dot/legend.ts";
import { toSvg } from "../../src/index.ts";
import { palettes } from "../../src/palette.ts";
import { expectHarmless } from "../picture.ts";

test("a caption shows any text as it is, and none of it as markup", async () => {
  const label = captionLabel(['</FONT><TD HREF="javascript:alert(1)">a & b'], undefined, palettes.light);
  const svg = await toSvg(`digraph { label=${label}; x }`);
  expectHarmless(svg);
  const lines = captionLabel(["a\u000bb", "c\nd", "e\u0000f"], undefined, palettes.light);
  expect(await toSvg(`digraph { label=${lines}; x }`)).toMatch(/>a\ufffdb<[\s\S]*>c d<[\s\S]*>e\ufffdf</);
  expect(svg).toContain("&lt;/FONT&gt;&lt;TD HREF=&quot;javascript:alert(1)&quot;&gt;a &amp; b");
});
