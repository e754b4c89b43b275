// Before the first paint, so that a remembered choice does not flash. A classic script: modules run too late.
try {
  const theme = localStorage.getItem("triagekit.theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed to this page; then it follows the system.
}
