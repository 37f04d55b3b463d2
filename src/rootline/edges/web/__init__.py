"""The web application: pages that work without JavaScript, and the API. It asks, and shows what is answered."""
