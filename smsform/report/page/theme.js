// The colours somebody chose, before anything is painted in others; behind the header,
// which the browser can paint meanwhile.
try {
  const theme = localStorage.getItem("smsform theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // storage may be refused; nothing depends on it
}
