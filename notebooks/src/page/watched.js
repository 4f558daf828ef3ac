// In a page under watch: says what the builder is at, and loads the page again when there is a new one.
const status = document.createElement("div");
status.className = "status";
status.setAttribute("role", "status");
document.body.prepend(status);

const events = new EventSource("/events");
events.onmessage = ({ data }) => {
  const state = JSON.parse(data);
  if (String(state.build) !== document.body.dataset.build) location.reload();
  else status.replaceChildren(...(state.isRunning ? [line("Running…")] : state.faults.map(faultLine)));
};
events.onerror = () =>
  status.replaceChildren(line("The builder has ended: this page no longer follows the lesson."));

function faultLine({ message, cell }) {
  const fault = line(message);
  fault.className = "fault";
  if (cell !== undefined && document.getElementById(cell) !== null) {
    const link = document.createElement("a");
    link.href = `#${cell}`;
    link.textContent = "Go to the cell";
    fault.append(" ", link);
  }
  return fault;
}

function line(text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}
