// One box for all the others.
const all = document.querySelector("[data-all]");
const boxes = [...document.querySelectorAll("input[name=scope]")];

function reflect() {
  all.checked = boxes.every((box) => box.checked);
  all.indeterminate = !all.checked && boxes.some((box) => box.checked);
}

if (all) {
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  for (const box of boxes) box.addEventListener("change", reflect);
  reflect();
}
