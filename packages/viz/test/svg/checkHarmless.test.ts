import { describe, expect, test } from "vitest";
import { toSvg } from "../../src/index.ts";
import { checkHarmless } from "../../src/svg/checkHarmless.ts";

describe("DOT from elsewhere that would run something is refused", () => {
  test.each([
    ['fontname="z\\"><script>alert(2)</script><text x=\\""', "<script>"],
    ['fontname="z\\" onclick=\\"alert(1)"', "the handler onclick"],
    ['URL="javascript:alert(1)"', "the address javascript:alert(1)"],
    ['URL=" jav\tascript:alert(1)"', "the address"],
    ['URL="java&#115;cript:alert(1)"', "the address"],
    ['URL="javascript&colon;alert(1)"', "the address"],
    ['href="data:text/html,x"', "the address data:text/html,x"],
  ])("%s", async (attribute, what) => {
    await expect(toSvg(`digraph { a [${attribute}] }`)).rejects.toThrow(`toSvg: the DOT would put ${what}`);
  });
});

test.each([
  'URL="https://example.org/?a=1&b=2", tooltip="<b>"',
  'href="#below"',
  'URL="other.html"',
  'label="<script>alert(1)</script>"',
  "label=<<b>bold</b> &lt;script&gt;>",
  'fillcolor="red:blue", style=filled',
])("%s is drawn", async (attribute) => {
  expect(await toSvg(`digraph { a [${attribute}] }`)).toMatch(/^<svg/);
});

test("what is no tag at all is refused", () => {
  expect(() => checkHarmless('<svg><g title="<">', "toSvg")).toThrow("toSvg: the DOT would put <g");
  expect(() => checkHarmless("<svg><!-- x --></svg>", "toSvg")).toThrow("<!--");
});
