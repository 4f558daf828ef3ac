import { graphInput, NODES, randomGraph } from "../problems/graph.ts";
import { networkInput, networks } from "../problems/networks.ts";
import { rosenbrockAt, squaresAt, tinyAt } from "../problems/vectors.ts";

/** One contender of a work. */
export type Entry = {
  readonly name: string;
  /** In contenders/compiled, with its extension. */
  readonly file: string;
  /** Whether it takes time to compile, worth a column. */
  readonly compiles?: boolean;
  /** How far its results may be off; 1e-9 unless told. */
  readonly tolerance?: number;
} & ({ readonly language: "c"; readonly flags: readonly string[] } | { readonly language: "js" });

export interface Work {
  readonly name: string;
  readonly title: string;
  /** What contenders in C are told first. */
  readonly input: string;
  /** The first gives the results to agree with. */
  readonly entries: readonly Entry[];
  /** The entry whose time is 1. */
  readonly base: string;
  /** How many nodes the graph has, where time is best told per node. */
  readonly nodes?: number;
  /** Who does not take part, and why. */
  readonly left: readonly string[];
}

export const entryFile = ({ file }: Entry): string => `contenders/compiled/${file}`;

const GCC = "C, gcc -O3";
/** Peers that calculate in 32 bits; jax-js, asked for 64, does so with constants, tanh, exp and sin. */
const SINGLE = 1e-4;

function c(file: string, ...defines: readonly string[]): Entry[] {
  return [
    { language: "c", name: GCC, file, flags: ["-O3", ...defines] },
    {
      language: "c",
      name: "C, gcc -O3 -march=native -ffast-math",
      file,
      flags: ["-O3", "-march=native", "-ffast-math", ...defines],
    },
  ];
}

function js(name: string, file: string, tolerance = 1e-9): Entry {
  return { language: "js", name, file, tolerance };
}

function compiler(name: string, file: string, tolerance = 1e-9): Entry {
  return { ...js(name, file, tolerance), compiles: true };
}

function network(name: string, title: string, ...inC: readonly [file: string, ...defines: string[]]): Work {
  const problem = networks[name]!;
  const small = name.startsWith("moons");
  return {
    name,
    title,
    input: networkInput(problem).join(" "),
    entries: [
      ...c(...inC),
      js("hand-written JavaScript", "network-hand-written.ts"),
      compiler("chainrule, nested arrays", "network-chainrule.ts"),
      compiler("chainrule, Float64Arrays, into", "network-chainrule-into.ts"),
      compiler("rose", "network-rose.ts"),
      ...(small ? [compiler("Penrose", "network-penrose.ts")] : []),
      compiler("jax-js, wasm", "network-jax.ts", SINGLE),
      js("tfjs, wasm, 32 bits", "network-tfjs-wasm.ts", SINGLE),
      js("tfjs, cpu, 32 bits", "network-tfjs-cpu.ts", SINGLE),
    ],
    base: GCC,
    left: small
      ? []
      : [
          "Penrose: a function of all rows has more locals than WebAssembly allows, one for each row overflow its stack",
        ],
  };
}

export const works: readonly Work[] = [
  network("moons", "MLP 2-16-16-1, ReLU, hinge loss and L2, 100 examples, gradient and update", "moons.c"),
  network("moons-tanh", "the same with tanh", "moons.c", "-DTANH"),
  network("regression", "MLP 16-64-32-1, ReLU, squared error, 100 examples, gradient", "regression.c"),
  network("digits", "MLP 784-32-10, tanh, softmax cross-entropy, 64 examples, gradient", "digits.c"),
  {
    name: "squares",
    title: "Σ x² of 1,000 numbers, gradient, Float64Array to Float64Array",
    input: squaresAt.join(" "),
    entries: [
      ...c("squares.c"),
      js("hand-written JavaScript", "squares-hand-written.ts"),
      compiler("chainrule, into", "squares-chainrule.ts"),
      compiler("rose", "squares-rose.ts"),
      compiler("Penrose", "squares-penrose.ts"),
      compiler("jax-js, wasm", "squares-jax.ts"),
      js("tfjs, cpu, 32 bits", "vectors-tfjs.ts", SINGLE),
    ],
    base: GCC,
    left: [],
  },
  {
    name: "rosenbrock",
    title: "Rosenbrock's function of 100 variables, gradient",
    input: rosenbrockAt.join(" "),
    entries: [
      ...c("rosenbrock.c"),
      js("hand-written JavaScript", "rosenbrock-hand-written.ts"),
      compiler("chainrule, view", "rosenbrock-chainrule.ts"),
      compiler("rose", "rosenbrock-rose.ts"),
      compiler("Penrose", "rosenbrock-penrose.ts"),
      compiler("jax-js, wasm", "rosenbrock-jax.ts"),
      js("tfjs, cpu, 32 bits", "vectors-tfjs.ts", SINGLE),
    ],
    base: GCC,
    left: [],
  },
  {
    name: "hessian",
    title: "Rosenbrock's function of 100 variables, Hessian, 100 × 100 numbers",
    input: rosenbrockAt.join(" "),
    entries: [
      ...c("rosenbrock.c", "-DHESSIAN"),
      js("hand-written JavaScript", "hessian-hand-written.ts"),
      compiler("chainrule, view", "hessian-chainrule.ts"),
      compiler("rose", "hessian-rose.ts"),
      compiler("jax-js, wasm", "hessian-jax.ts"),
    ],
    base: GCC,
    left: ["tfjs and Penrose: they have no Hessian"],
  },
  {
    name: "graph",
    title: "irregular random graph of 100,000 nodes, gradient",
    input: graphInput(randomGraph()).join(" "),
    entries: [
      { language: "c", name: "C++, operators, tape, g++ -O3", file: "graph-tape.cpp", flags: ["-O3"] },
      { language: "c", name: "C, arrays, recorded by hand, gcc -O3", file: "graph.c", flags: ["-O3"] },
      compiler("chainrule, into", "graph-chainrule.ts"),
      js("chainrule, eager", "graph-eager.ts"),
    ],
    base: "C++, operators, tape, g++ -O3",
    nodes: NODES,
    left: [
      "rose and Penrose: a function of so many nodes has more locals than WebAssembly allows",
      "jax-js and tfjs: a kernel for each scalar",
    ],
  },
  {
    name: "tiny",
    title: "xy + sin x, gradient: what one call costs",
    input: tinyAt.join(" "),
    entries: [
      ...c("tiny.c"),
      js("hand-written JavaScript", "tiny-hand-written.ts"),
      compiler("chainrule, nested arrays", "tiny-chainrule.ts"),
      compiler("chainrule, Float64Array, into", "tiny-chainrule-into.ts"),
      compiler("rose", "tiny-rose.ts"),
      compiler("Penrose", "tiny-penrose.ts"),
      compiler("jax-js, wasm", "tiny-jax.ts", SINGLE),
    ],
    base: GCC,
    left: ["tfjs: a kernel for each scalar"],
  },
];
