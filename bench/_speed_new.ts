import { MLP } from "@chainrule/nn";
for (let k = 0; k < 6; k++) {
  const t0 = performance.now();
  const mlp = new MLP(784, [32, 10], { output: process.argv[2] as never ?? "linear" });
  const t1 = performance.now();
  mlp.parameters();
  const t2 = performance.now();
  const x = Array.from({ length: 784 }, (_, i) => i / 784);
  for (let i = 0; i < 20; i++) mlp(x);
  const t3 = performance.now();
  for (let i = 0; i < 20; i++) mlp.parameters();
  const t4 = performance.now();
  console.log("new", (t1 - t0).toFixed(1), "parameters", (t2 - t1).toFixed(1), "forward", ((t3 - t2) / 20).toFixed(3), "parameters again", ((t4 - t3) / 20).toFixed(3));
}
