import fc from "fast-check";
import { expect, test } from "vitest";
import { fit, MLP, meanSquaredError, parseCsv, SGD } from "../../../src/index.ts";

const iris = "sepal,petal,species\n5.1,1.4,setosa\n7.0,4.7,versicolor\n6.3,6.0,virginica\n4.9,1.4,setosa\n";

test("the last column is the target, the others are inputs, unless told", () => {
  expect(parseCsv("a,b,y\n1,2,3\n-4,.5,1e3\n")).toEqual({
    inputs: [
      [1, 2],
      [-4, 0.5],
    ],
    targets: [3, 1000],
    inputColumns: ["a", "b"],
    targetColumns: ["y"],
    classes: undefined,
  });
});

test("columns by name or position, in the order asked for; several targets make rows", () => {
  const text = "a,b,c,d\n1,2,3,4\n5,6,7,8";
  expect(parseCsv(text, { inputs: ["c", 0], target: "b" })).toMatchObject({
    inputs: [
      [3, 1],
      [7, 5],
    ],
    targets: [2, 6],
    inputColumns: ["c", "a"],
    targetColumns: ["b"],
  });
  expect(parseCsv(text, { target: ["d", "a"] })).toMatchObject({
    inputs: [
      [2, 3],
      [6, 7],
    ],
    targets: [
      [4, 1],
      [8, 5],
    ],
    targetColumns: ["d", "a"],
  });
  expect(parseCsv("1,2\n3,4", { header: false, target: 0 })).toMatchObject({
    inputs: [[2], [4]],
    targets: [1, 3],
    inputColumns: ["1"],
    targetColumns: ["0"],
  });
});

test("classes are numbered in the order of their names, or of the list given", () => {
  const train = parseCsv(iris, { classes: true });
  expect(train.classes).toEqual(["setosa", "versicolor", "virginica"]);
  expect(train.targets).toEqual([0, 1, 2, 0]);
  const held = parseCsv("sepal,petal,species\n6,5,virginica", { classes: train.classes! });
  expect(held.targets).toEqual([2]);
  expect(held.classes).toEqual(train.classes);
  const numbers = parseCsv("x,k\n1,10\n2,9\n3,1", { classes: true });
  expect(numbers.classes).toEqual(["1", "9", "10"]);
  expect(numbers.targets).toEqual([2, 1, 0]);
});

test("is a data set that fit takes", async () => {
  const dataset = parseCsv("x,u,v\n0,0,1\n1,1,0\n", { target: ["u", "v"] });
  const history = await fit(new MLP(1, [2], { activation: "linear" }), dataset, {
    loss: meanSquaredError,
    optimiser: new SGD({ learningRate: 0.5 }),
    epochs: 60,
  });
  expect(history.losses.at(-1)).toBeLessThan(1e-3);
});

test("quotes, all line ends, a byte order mark, spaces and blank lines", () => {
  const text = '\ufeff"a ""x"", b" , y\r\n1,"2"\r\n\r\n"3" , 4 \n\n   \r\n5,6\r\n\r\n';
  expect(parseCsv(text)).toMatchObject({
    inputs: [[1], [3], [5]],
    targets: [2, 4, 6],
    inputColumns: ['a "x", b'],
    targetColumns: ["y"],
  });
  expect(parseCsv("a,b\r1,2\r3,4").targets).toEqual([2, 4]);
});

test("reads back any table of numbers, however it is written", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const table = fc
    .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 6 }))
    .chain(([width, height]) =>
      fc.array(fc.array(number, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );
  fc.assert(
    fc.property(
      table,
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.boolean(),
      (rows, lineEnd, delimiter, quotes) => {
        const field = (x: number) => (quotes ? `"${x}"` : String(x));
        const text = rows.map((row) => row.map(field).join(delimiter)).join(lineEnd);
        const { inputs, targets } = parseCsv(text, { header: false, delimiter });
        expect(inputs).toEqual(rows.map((row) => row.slice(0, -1).map((x) => x + 0)));
        expect(targets).toEqual(rows.map((row) => row.at(-1)! + 0));
      },
    ),
    { endOnFailure: true },
  );
});

test("names the line of a fault, whatever comes before it", () => {
  const name = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r\n", " ", "é", "😀") });
  const lineEnd = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(fc.array(fc.tuple(name, lineEnd, lineEnd), { maxLength: 8 }), (lines) => {
      const before = lines.map(([text, end, blank]) => `1,"x${text.replaceAll('"', '""')}"${end}${blank}`);
      const text = `x,name\n${before.join("")}oops,y\n`;
      const line = 2 + before.join("").split("\n").length - 1;
      expect(() => parseCsv(text, { classes: true })).toThrow(
        new TypeError(`parseCsv: line ${line}, column "x" must be a finite number, got "oops".`),
      );
    }),
    { endOnFailure: true },
  );
});

test("a number is a finite decimal, and nothing else", () => {
  const accepted = ["1", "-1", "+1", "1.", ".5", "1e3", "1E-3", "-0.5e+2", "007", "1e-400", " 2 "];
  for (const field of accepted) expect(parseCsv(`x,y\n${field},0`).inputs).toEqual([[Number(field)]]);
  const refused = [
    "abc",
    "NaN",
    "Infinity",
    "1e999",
    "0x10",
    "1_000",
    "1 000",
    "--1",
    "1e",
    ".",
    "e3",
    "１",
    "null",
  ];
  for (const field of refused) {
    expect(() => parseCsv(`x,y\n1,2\n${field},0`)).toThrow(
      new TypeError(`parseCsv: line 3, column "x" must be a finite number, got ${JSON.stringify(field)}.`),
    );
  }
  expect(() => parseCsv("x,y\n,0")).toThrow(
    new TypeError('parseCsv: line 2, column "x" must be a finite number, but it is empty.'),
  );
  expect(() => parseCsv("1,2\n1,\n", { header: false })).toThrow(
    "parseCsv: line 2, column 1 (from 0) must be a finite number, but it is empty. " +
      "If the target names a class, set classes: true.",
  );
  expect(() => parseCsv(iris)).toThrow(
    'parseCsv: line 2, column "species" must be a finite number, got "setosa". ' +
      "If the target names a class, set classes: true.",
  );
});

test.each([
  ["", "there is no text but blanks."],
  ["\ufeff", "there is no text but blanks."],
  ["\r\n \n\n", "there is no text but blanks."],
  ["a,b\n\n", "there are no rows below the header."],
  ["a,b\n1,2,3", "line 2 has 3 fields, but line 1 has 2."],
  ["a,b\n1,2\n\n1\n", "line 4 has 1 field, but line 1 has 2."],
  ["a,b,a\n1,2,3", 'line 1: columns 0 and 2 (from 0) are both named "a".'],
  ["\na, a \n1,2", 'line 2: columns 0 and 1 (from 0) are both named "a".'],
  [
    "a;b\n1;2",
    'line 1 has 1 field, needs at least an input and a target. Is the delimiter another than ","?',
  ],
  [
    "1,2\n3,4",
    "line 1 holds numbers, not names of columns. Set header: false if it is an example, " +
      "header: true if these are the names.",
  ],
])("refuses %j", (text, message) => {
  expect(() => parseCsv(text)).toThrow(new RangeError(`parseCsv: ${message}`));
});

test("numbers name columns if told so, and one name may be empty", () => {
  expect(parseCsv("1,2\n3,4", { header: true, target: "1" })).toMatchObject({ inputs: [[4]], targets: [3] });
  expect(parseCsv(",y\n3,4").inputColumns).toEqual([""]);
});

test("refuses faults in quotes, naming the line where the field starts", () => {
  expect(() => parseCsv('a,b\n1,2\n3,"4\n5,6\n')).toThrow(
    new TypeError("parseCsv: line 3: a quoted field that starts here is never closed."),
  );
  expect(() => parseCsv('a,b\r\n"1\r\n1",2\r\n3,"4"x\r\n5,6\r\n')).toThrow(
    new TypeError("parseCsv: line 4: a quoted field that starts here goes on after its closing quote."),
  );
});

test("refuses columns that are not there, and those used twice", () => {
  const parse = (options: object) => () => parseCsv("a,b,c\n1,2,3", options);
  expect(parse({ target: "lab" })).toThrow(
    new RangeError('parseCsv: there is no column "lab". The columns are "a", "b", "c", at 0 … 2.'),
  );
  for (const target of [3, -1, 0.5, Number.NaN]) expect(parse({ target })).toThrow(RangeError);
  expect(parse({ inputs: ["a", "toString"] })).toThrow(RangeError);
  expect(parse({ header: false, target: "a" })).toThrow(
    new RangeError(
      'parseCsv: there is no column "a". Without a header columns have no names, only positions 0 … 2.',
    ),
  );
  expect(parse({ inputs: ["a", "c"] })).toThrow(
    new RangeError('parseCsv: column "c" can be an input or a target only once.'),
  );
  expect(parse({ inputs: ["a", 0], target: "b" })).toThrow(RangeError);
  expect(parse({ target: ["a", "b", "c"] })).toThrow(
    new RangeError("parseCsv: no column is left to be an input."),
  );
  expect(parse({ target: null })).toThrow(TypeError);
});

test("refuses names that are none of the classes, and empty ones", () => {
  expect(() => parseCsv(iris, { classes: ["setosa", "virginica"] })).toThrow(
    new RangeError(
      'parseCsv: line 3, column "species" must be one of the classes "setosa", "virginica", got "versicolor".',
    ),
  );
  expect(() => parseCsv("x,k\n1,a\n2,", { classes: true })).toThrow(
    new RangeError('parseCsv: line 3, column "k" must be one of the classes "a", but it is empty.'),
  );
});

test("refuses options that cannot work", () => {
  const parse = (options: object) => () => parseCsv(iris, options);
  expect(parse({ labels: true })).toThrow('parseCsv: there is no option "labels".');
  expect(parse({ classes: true, target: ["species"] })).toThrow(
    new TypeError("parseCsv: classes need one target column, got an array. Give its name or position."),
  );
  expect(parse({ classes: ["a", "a"] })).toThrow(
    new RangeError("parseCsv: classes must be different names."),
  );
  const wrong = [
    { classes: [] },
    { classes: [1] },
    { classes: "setosa" },
    { inputs: [] },
    { inputs: "a" },
    { target: [] },
  ];
  for (const options of wrong) expect(parse(options)).toThrow(TypeError);
  for (const delimiter of ["", ",,", '"', "\n", 1]) expect(parse({ delimiter })).toThrow(TypeError);
  expect(parse({ header: 1 })).toThrow(new TypeError("parseCsv: header must be true or false, got 1."));
  expect(() => parseCsv(undefined as never)).toThrow(
    new TypeError("parseCsv: text must be a string, got undefined."),
  );
});

test("hostile text gives a short error, soon", () => {
  const huge = 1_000_000;
  for (const field of ["x".repeat(huge), `${"1".repeat(huge)}x`, `"${'""'.repeat(huge)}"`]) {
    let message = "";
    try {
      parseCsv(`x,y\n${field},0`);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^parseCsv: line 2, column "x" must be a finite number, got /);
    expect(message.length).toBeLessThan(300);
  }
  for (const text of ['"a"b'.repeat(huge / 10), ",".repeat(huge), "\n".repeat(huge), '"'.repeat(huge)]) {
    expect(() => parseCsv(text)).toThrow(/^parseCsv: .{1,200}$/);
  }
});

test("100,000 rows", () => {
  const text = `a,b,y\n${Array.from({ length: 100_000 }, (_, i) => `${i},${-i},${i % 7}\n`).join("")}`;
  const { inputs, targets } = parseCsv(text);
  expect(inputs).toHaveLength(100_000);
  expect(inputs[99_999]).toEqual([99_999, -99_999]);
  expect(targets[99_999]).toBe(99_999 % 7);
});

test("30,000 columns", () => {
  const names = Array.from({ length: 30_000 }, (_, i) => `x${i}`);
  const row = names.map((_, i) => i).join();
  expect(parseCsv(`${names.join()}\n${row}`).inputs[0]).toHaveLength(29_999);
  expect(() => parseCsv(`${names.join()},x7\n${row},0`)).toThrow(
    new RangeError('parseCsv: line 1: columns 7 and 30000 (from 0) are both named "x7".'),
  );
});

test("a path is no table", () => {
  expect(() => parseCsv("examples/flowers.csv")).toThrow(
    new RangeError(
      'parseCsv: text must be a table, got "examples/flowers.csv", which looks like a path. ' +
        "Read a file with await readCsv(path).",
    ),
  );
  expect(parseCsv("1,2,a.csv", { header: false, classes: true }).classes).toEqual(["a.csv"]);
});

test("a delimiter at the end of each line is what the error speaks of", () => {
  for (const options of [{}, { target: "b" }]) {
    expect(() => parseCsv("a,b,\n1,2,\n3,4,", options)).toThrow(
      /^parseCsv: line 2, column "" must be a finite number, but it is empty\. The column has no name: do the lines end in a delimiter\?/,
    );
  }
  expect(parseCsv("a,b,\n1,2,", { inputs: ["a"], target: "b" }).targets).toEqual([2]);
});
