// Written for engines of 2010: sends a browser that cannot run the app to a page that it can show.
(function () {
	var css = window.CSS;
	var able =
		'noModule' in document.createElement('script') &&
		'indexedDB' in window &&
		typeof String.prototype.replaceAll === 'function' &&
		css &&
		css.supports &&
		css.supports('overflow', 'clip'); // Chromium 90, Firefox 81, Safari 16
	if (!able) {
		location.replace('/unsupported.html');
	}
})();
