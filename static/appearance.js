// Puts the person's choice of size, theme and language on <html> before the first paint; a page keeps its language.
(function () {
	var root = document.documentElement;
	var dark = matchMedia('(prefers-color-scheme: dark)');
	var contrast = matchMedia('(prefers-contrast: more)');

	function chosen(key, allowed) {
		try {
			var value = localStorage.getItem(key);
			return value !== null && allowed.indexOf(value) >= 0 ? value : allowed[0];
		} catch (denied) {
			// Storage may be forbidden: the standard look is then the answer.
			return allowed[0];
		}
	}

	function themeOfSystem() {
		if (contrast.matches) return 'party-contrast';
		return dark.matches ? 'party-dark' : 'party';
	}

	function apply() {
		var size = chosen('appearance.size', ['standard', 'large', 'extra', 'largest']);
		var theme = chosen('appearance.theme', ['system', 'party', 'party-dark', 'party-contrast']);
		root.dataset.size = size;
		root.toggleAttribute('data-elder', size !== 'standard');
		root.dataset.theme = theme === 'system' ? themeOfSystem() : theme;
	}

	root.lang = chosen('language', ['zh-CN', 'en']);
	apply();
	addEventListener('storage', apply);
	addEventListener('appearance', apply);
	[dark, contrast].forEach(function (query) {
		query.addEventListener('change', apply);
	});
})();
