"""The Workbook port on Google Sheets, over gspread and google-auth."""
