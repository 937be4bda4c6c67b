const settings = { mode: undefined };
function mode() {
  return settings.mode.toUpperCase(); }
setTimeout(() => { mode(); });
