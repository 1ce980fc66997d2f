namespace ScorecardBuildTasks.Tasks;

/// <summary>What the SDK's own analyzers suggest, whose assemblies do not tell: they keep the severities of their rules in a table of their own.</summary>
static class QuietRules
{
    /// <summary>The rules of the SDK's own analyzers that suggest by default, as an error log of SDK 10.0.401 lists them.</summary>
    public static readonly string[] Suggestions =
    [
        "CA1016", "CA1018", "CA1041", "CA1050", "CA1061", "CA1067", "CA1068", "CA1069", "CA1070", "CA1401", "CA1419", "CA1421", "CA1507", "CA1510",
        "CA1511", "CA1512", "CA1513", "CA1514", "CA1727", "CA1806", "CA1816", "CA1821", "CA1822", "CA1824", "CA1825", "CA1826", "CA1827", "CA1828",
        "CA1829", "CA1830", "CA1832", "CA1833", "CA1834", "CA1835", "CA1836", "CA1837", "CA1839", "CA1840", "CA1841", "CA1842", "CA1843", "CA1844",
        "CA1845", "CA1846", "CA1847", "CA1848", "CA1850", "CA1853", "CA1854", "CA1855", "CA1858", "CA1859", "CA1860", "CA1861", "CA1862", "CA1864",
        "CA1865", "CA1866", "CA1868", "CA1869", "CA1870", "CA1871", "CA1872", "CA1873", "CA1874", "CA1875", "CA2009", "CA2011", "CA2012", "CA2016",
        "CA2019", "CA2020", "CA2101", "CA2208", "CA2211", "CA2219", "CA2231", "CA2241", "CA2242", "CA2244", "CA2245", "CA2246", "CA2248", "CA2249",
        "CA2250", "CA2253", "CA2254", "CA2262", "CA2263", "SYSLIB1045", "SYSLIB1054", "SYSLIB1096", "SYSLIB1097",
    ];
}
