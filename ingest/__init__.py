"""Files in, pages out; pictures of pages."""
