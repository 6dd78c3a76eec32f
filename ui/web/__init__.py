"""The reading room: the web page, on Streamlit."""
