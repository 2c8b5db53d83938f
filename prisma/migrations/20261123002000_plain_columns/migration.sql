-- Columns of float64 hardly compress, and trying costs more time than storing them; kept plain, a part
-- of a column can also be read with substr() without fetching the rest.
ALTER TABLE bar_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
ALTER TABLE backtest_series ALTER COLUMN data SET STORAGE EXTERNAL;
