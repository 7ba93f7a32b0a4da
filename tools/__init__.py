"""What developers run: packages, translations, figures, pictures, the QGIS tests, the lists in the documents."""
