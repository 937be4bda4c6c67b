/**
 * Takes the channel to the engine, on which reports are sent, away from plugins: a library that takes its parent for a
 * process manager, and sends it "ready", would speak to the engine. What is given back resolves once the engine has the
 * report, or is gone.
 */
export function takeChannel<Report>(): (report: Report) => Promise<void> {
  const send = process.send?.bind(process);
  Reflect.deleteProperty(process, "send");
  return (report) =>
    new Promise((resolve) => {
      if (send === undefined || !process.connected) resolve();
      else send(report, undefined, undefined, () => resolve());
    });
}
