// What pops up: toasts, alerts and the two questions the page itself has.

const TOAST = 5000; // milliseconds
const find = (id) => document.getElementById(id);

export function toast(words) {
  const shown = document.createElement("p");
  shown.dir = "auto";
  shown.textContent = words;
  find("toasts").append(shown);
  setTimeout(() => shown.remove(), TOAST);
}

export function alertDialog(words) {
  const dialog = find("alert");
  dialog.querySelector("p").textContent = words;
  dialog.showModal();
}

export function ask(dialog, done) {
  const form = dialog.querySelector("form");
  form.onsubmit = (event) => {
    event.preventDefault();
    dialog.close();
    done();
  };
  dialog.showModal();
}
