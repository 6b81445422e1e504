// Runs before the first paint: says that scripts work, and takes up the theme the reader chose.
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // No storage, no memory of the choice: the system decides.
}
