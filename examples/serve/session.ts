import { compile, type Kernel, map, mean, type Value, zeroGrad } from "@chainrule/core";
import { crossEntropyWithLogits, MLP, SGD, standardise } from "@chainrule/nn";
import type { Problem } from "../problems.ts";
import { fieldOf } from "./field.ts";
import type { LiveSetup, LiveState } from "./live.ts";
import { LossCurve } from "./lossCurve.ts";
import { Square } from "./square.ts";

/** A step learns from all examples at once, so that its gradient is that of the loss shown, and rates may be larger. */
const FIRST_RATE = 0.1;

/**
 * A network in training, and the commands for it. Nothing happens by itself: whoever holds it calls `advance` now and
 * then. The same commands give the same numbers.
 */
export class TrainingSession {
  readonly #problemOf: (seed: number) => Problem;
  readonly #model: MLP;
  readonly #parameters: readonly Value[];
  readonly #lossOf: Kernel<[rows: Value[][]], Value>;
  readonly #logitsOf: Kernel<[points: Value[][]], Value[][]>;
  #setup!: LiveSetup;
  #rows!: number[][];
  #square!: Square;
  #optimiser = new SGD({ learningRate: FIRST_RATE, momentum: 0.9 });
  #curve = new LossCurve();
  #seed = 0;
  #step = 0;
  #loss = 0;
  #isRunning = true;

  /** @param problemOf - a problem of two inputs, whose sizes do not depend on the seed */
  constructor(problemOf: (seed: number) => Problem, seed: number) {
    this.#problemOf = problemOf;
    const { inputs, hidden, classes } = problemOf(seed);
    this.#model = new MLP(inputs.length, [...hidden, classes.length], { activation: "tanh" });
    this.#parameters = this.#model.parameters();
    this.#lossOf = compile((rows: Value[][]) =>
      mean(rows, ([x, y, target]) => crossEntropyWithLogits(this.#model([x!, y!]), target!)),
    );
    this.#logitsOf = compile((points: Value[][]) => map(points, (point) => [...this.#model(point)]));
    this.reset(seed);
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  run(): void {
    this.#isRunning = true;
  }

  pause(): void {
    this.#isRunning = false;
  }

  /** Does a step if it is running. */
  advance(): void {
    if (this.#isRunning) this.#descend();
  }

  /** Pauses, and does one step. */
  stepOnce(): void {
    this.#isRunning = false;
    this.#descend();
  }

  /** Changes the learning rate from the next step on; what the optimiser remembers stays. */
  setRate(rate: number): void {
    this.#optimiser.learningRate = rate;
  }

  /** Makes data and first weights anew from a seed. It runs or pauses as before, at the same learning rate. */
  reset(seed: number): void {
    const { learningRate, momentum } = this.#optimiser;
    this.#optimiser = new SGD({ learningRate, momentum });
    const { title, dataset, inputs, hidden, classes } = this.#problemOf(seed);
    const points = standardise(dataset).apply(dataset.inputs);
    this.#rows = points.map((point, i) => [...point, dataset.targets[i] as number]);
    this.#square = new Square(points);
    // The Values stay, with them what was compiled for them.
    const fresh = new MLP(inputs.length, [...hidden, classes.length], { activation: "tanh", seed });
    this.#model.setMatrices("B", fresh.matrices("B"));
    const { layers } = this.#model;
    this.#setup = {
      title,
      inputs,
      classes,
      sizes: [inputs.length, ...layers.map(({ neurons }) => neurons.length)],
      activations: layers.map(({ activation }) => activation.name),
      points: this.#rows.map(([x, y, target]) => [...this.#square.within([x!, y!]), target!]),
      cells: this.#square.cells,
    };
    this.#curve = new LossCurve();
    this.#seed = seed;
    this.#step = 0;
    this.#evaluate();
  }

  /** The same object until the next reset. */
  get setup(): LiveSetup {
    return this.#setup;
  }

  state(): LiveState {
    return {
      isRunning: this.#isRunning,
      step: this.#step,
      seed: this.#seed,
      rate: this.#optimiser.learningRate,
      loss: this.#loss,
      accuracy: this.#accuracy(),
      parameters: this.#parameters.map(({ data }) => data),
      gradients: this.#parameters.map(({ grad }) => grad),
      curve: this.#curve.points,
      field: fieldOf(this.#logitsOf(this.#square.middles)),
    };
  }

  #descend(): void {
    this.#optimiser.step(this.#parameters);
    this.#step++;
    this.#evaluate();
  }

  /** Loss and gradient where the parameters are now. */
  #evaluate(): void {
    zeroGrad(this.#parameters);
    this.#loss = this.#lossOf.backward(this.#rows);
    this.#curve.add(this.#step, this.#loss);
  }

  #accuracy(): number {
    const logits = this.#logitsOf(this.#rows.map(([x, y]) => [x!, y!]));
    const right = this.#rows.filter(([, , target], i) => logits[i]![target!] === Math.max(...logits[i]!));
    return right.length / this.#rows.length;
  }
}
