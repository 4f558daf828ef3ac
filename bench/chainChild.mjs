// Builds a chain five times and prints the median CPU nanoseconds a node, forward and backward, and the bytes a node
// that the graph holds on to.
const [script, count] = process.argv.slice(2);
const { setup } = await import(script);
const nodes = Number(count);
const alive = [];

/** The CPU nanoseconds and retained bytes a node of one chain. */
function run() {
  alive.length = 0;
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  alive.push(setup(nodes));
  const { user, system } = process.cpuUsage(start);
  globalThis.gc();
  return { time: ((user + system) * 1000) / nodes, bytes: (process.memoryUsage().heapUsed - before) / nodes };
}

const runs = Array.from({ length: 5 }, run).sort((a, b) => a.time - b.time);
console.log(runs[2].time.toFixed(0), runs[2].bytes.toFixed(0));
