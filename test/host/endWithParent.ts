// Loaded before the server's own code. A launcher that was killed outright could not end its server,
// so the server ends itself when its parent is gone.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) {
    process.exit(0);
  }
}, 1000).unref();
