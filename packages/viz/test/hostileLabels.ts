/** Labels that break naive DOT or SVG, by what is nasty about them. */
export const hostileLabels: Readonly<Record<string, string>> = {
  "double quote": 'say "x"',
  "only a quote": '"',
  "quote and bracket": '"]; evil [label="x',
  apostrophe: "it's",
  backslash: "a\\b",
  "trailing backslash": "a\\",
  "two trailing backslashes": "a\\\\",
  "backslash quote": '\\"',
  "escape N": "\\N",
  "escape G": "\\G",
  "escapes l r n": "a\\lb\\rc\\nd",
  "escapes E T H L": "\\E\\T\\H\\L",
  "leading escape l": "\\lx",
  "newline inside": "a\nb",
  "newline first": "\na",
  "newline last": "a\n",
  "newline only": "\n",
  "two newlines": "a\n\nb",
  CRLF: "a\r\nb",
  "carriage return": "a\rb",
  tab: "a\tb",
  "entity amp": "&amp;",
  "entity decimal": "&#65;",
  "entity hex": "&#x41;",
  "entity lt": "&lt;b&gt;",
  "entity nbsp": "&nbsp;",
  ampersand: "a & b &",
  "HTML tag": "<b>x</b>",
  "HTML-like label": "<<b>x</b>>",
  "less than": "a < b > c",
  "comment end": "x --> y",
  "comment start": "<!-- x",
  "CDATA end": "]]>",
  script: "<script>alert(1)</script>",
  "event handler": '" onload="alert(1)',
  "end of svg": "</text></svg>",
  NUL: "a\0b",
  "control characters": "a\u0001\u0008\u000b\u001fb",
  "DEL and C1": "a\u007f\u0085b",
  "lone high surrogate": "a\ud800b",
  "lone low surrogate": "a\udc00",
  noncharacter: "a\uffffb",
  emoji: "loss 🔥",
  "emoji ZWJ": "👩‍👩‍👧‍👦",
  CJK: "損失関数",
  RTL: "משקל",
  "bidi override": "a\u202eb",
  "combining marks": "w̵̢̛e̷͎ight",
  "byte order mark": "\ufeffx",
  "line separators": "a\u2028b\u2029c",
  "very long": "long ".repeat(2000).trim(),
  "one space": " ",
  "only spaces": "   ",
  "spaces around": "  a  b  ",
  "printf format": "%s %d %n",
  "template literal": "\u0024{x} `y`",
  digraph: "digraph {",
  semicolons: "; a -> b;",
  "record metacharacters": "{a|<p>b}",
  "port colons": "n0:p:n",
  "DOT comment": "/* x */ // y # z",
  "two labels": "a = b = c",
  "minus sign": "a-b--c",
};

/** What a picture shows of a label, line by line: U+FFFD for what XML cannot hold, a space for an empty line. */
export function shownLines(label: string): string[] {
  const legible = [...label].map((character) => {
    const code = character.codePointAt(0)!;
    const isLost = (code < 32 && !"\t\n\r".includes(character)) || (code >= 0xd800 && code < 0xe000);
    return isLost || code === 0xfffe || code === 0xffff ? "\ufffd" : character;
  });
  return legible
    .join("")
    .split(/\r\n|\r|\n/)
    .map((line) => line || " ");
}
