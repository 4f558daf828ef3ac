import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { problems } from "../examples/problems.ts";
import { startServer } from "../examples/serve/server.ts";
import { TrainingSession } from "../examples/serve/session.ts";

const session = new TrainingSession(problems.xor, 1);
session.pause();
const server = await startServer(session, 0);
const { port } = server.address;
afterAll(() => server.close());

interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Asks as no browser lets a page do: with any headers. */
async function ask(path: string, { method = "GET", headers = {}, body = "" }: Asked = {}) {
  const asked = request({ host: "127.0.0.1", port, path, method, headers });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

const own = { origin: `http://127.0.0.1:${port}`, "content-type": "application/json" };

const command = (body: string, headers: OutgoingHttpHeaders = own) =>
  ask("/command", { method: "POST", headers, body });

describe("the server of the page", () => {
  test("listens to this machine only", () => {
    expect(server.address.address).toBe("127.0.0.1");
    expect(server.url).toBe(`http://127.0.0.1:${port}/`);
  });

  test("gives a page that may load nothing but itself", async () => {
    const { status, headers, text } = await ask("/");
    expect(status).toBe(200);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-.{44}'; script-src 'sha256-.{44}';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(text).not.toMatch(/\son\w+=|\sstyle=|\ssrc=|https?:\/\/(?!www\.w3\.org)/);
  });

  test.each([
    ['{"command":"step"}', { step: 1, isRunning: false }],
    ['{"command":"rate","rate":0.5}', { rate: 0.5 }],
    ['{"command":"reset","seed":7}', { seed: 7, step: 0 }],
    ['{"command":"run"}', { isRunning: true }],
    ['{"command":"pause"}', { isRunning: false }],
  ])("obeys %s", async (body, state) => {
    expect(await command(body)).toMatchObject({ status: 204, text: "" });
    expect(session.state()).toMatchObject(state);
  });

  test("may be called localhost", async () => {
    const host = `localhost:${port}`;
    const headers = { ...own, host, origin: `http://${host}` };
    expect(await command('{"command":"pause"}', headers)).toMatchObject({ status: 204 });
  });

  test.each([
    ["{", 400, "The body is not JSON"],
    ["[]", 400, "The body must be an object"],
    ["{}", 400, "command must be one of run, pause, step, rate, reset, got nothing."],
    ['{"command":"constructor"}', 400, 'got "constructor".'],
    ['{"command":"rate"}', 400, "rate must be a number above 0 and at most 10, got nothing."],
    ['{"command":"rate","rate":0}', 400, "got 0."],
    ['{"command":"rate","rate":"1"}', 400, 'got "1".'],
    ['{"command":"reset","seed":1.5}', 400, "seed must be a whole number from 0 to 4294967295, got 1.5."],
    [`{"command":"${"step".repeat(10)}"}`, 400, "command must be one of"],
    [" ".repeat(2000), 413, "longer than the 1024 bytes"],
  ])("refuses %.40s", async (body, status, message) => {
    const before = session.state();
    const answer = await command(body);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(message) });
    expect(session.state()).toEqual(before);
  });

  test.each([
    ["a page of another site", { ...own, origin: "http://example.com" }, 403],
    ["a page of another port", { ...own, origin: "http://127.0.0.1:1" }, 403],
    ["a page without an origin", { ...own, origin: "null" }, 403],
    ["what says no origin", { "content-type": "application/json" }, 403],
    ["a form", { ...own, "content-type": "text/plain" }, 415],
    ["a body of no type", { origin: own.origin }, 415],
    ["another name for this machine", { ...own, host: `evil.example:${port}` }, 403],
    ["that name as its origin too", { ...own, host: "evil.example", origin: "http://evil.example" }, 403],
  ])("takes no command from %s", async (_, headers, status) => {
    const { step } = session.state();
    expect(await command('{"command":"step"}', headers)).toMatchObject({ status });
    expect(session.state().step).toBe(step);
  });

  test.each(["/", "/events"])("shows %s to nobody else", async (path) => {
    expect(await ask(path, { headers: { host: "evil.example" } })).toMatchObject({ status: 403 });
    expect(await ask(path, { headers: { origin: "http://evil.example" } })).toMatchObject({ status: 403 });
  });

  test("says what there is not", async () => {
    expect(await ask("/etc/passwd")).toMatchObject({ status: 404 });
    const wrong = await ask("/command");
    expect(wrong).toMatchObject({ status: 405, text: "/command takes POST, not GET.\n" });
    expect(wrong.headers.allow).toBe("POST");
  });

  test("advances only while a page watches, and tells it", async () => {
    session.reset(1);
    session.run();
    const watching = request({ host: "127.0.0.1", port, path: "/events" });
    watching.end();
    const [response] = (await once(watching, "response")) as [IncomingMessage];
    expect(response.headers["content-type"]).toBe("text/event-stream");
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk;
      if (text.includes('"step":3,')) break;
    }
    expect(text).toMatch(
      /^event: setup\ndata: \{"title":"XOR".*\}\n\nevent: state\ndata: \{"isRunning":true/,
    );
    session.pause();
  });

  test("a port in use is an error", async () => {
    await expect(startServer(session, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
