// What every page loads. Each module stands alone and does nothing where its markup is absent.
import "./js/trusted.js";
import "./js/swaps.js";
import "./js/combobox.js";
import "./js/dialogs.js";
import "./js/keys.js";
import "./js/theme.js";
import "./js/copying.js";
import "./js/errors.js";
import "./js/ranges.js";
import "./js/weights.js";
import "./js/reading.js";
