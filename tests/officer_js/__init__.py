"""An officer's real client for tests: matrix-js-sdk on Node, driven from Python by `driver.JsOfficer`."""
